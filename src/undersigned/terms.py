"""The IRIs that the program writes and asks for, one constant a term.

A test compares the `us:` terms with `ontology/undersigned.ttl`, in both directions.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

US: Final = "https://w3id.org/undersigned/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OA: Final = "http://www.w3.org/ns/oa#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final = {
    "dcterms": DCTERMS,
    "oa": OA,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "us": US,
    "xsd": XSD,
}
"""Prefixes bound in every file and answer that the program writes."""


def _us(name: str) -> NamedNode:
    return NamedNode(US + name)


RDF_TYPE: Final = NamedNode(RDF + "type")
RDFS_LABEL: Final = NamedNode(RDFS + "label")
OA_EXACT: Final = NamedNode(OA + "exact")
OA_START: Final = NamedNode(OA + "start")
OA_END: Final = NamedNode(OA + "end")
DCTERMS_LANGUAGE: Final = NamedNode(DCTERMS + "language")
DCTERMS_TITLE: Final = NamedNode(DCTERMS + "title")
DCTERMS_CREATOR: Final = NamedNode(DCTERMS + "creator")
PROV_ACTIVITY: Final = NamedNode(PROV + "Activity")
PROV_STARTED: Final = NamedNode(PROV + "startedAtTime")
PROV_ENDED: Final = NamedNode(PROV + "endedAtTime")
PROV_USED: Final = NamedNode(PROV + "used")
PROV_GENERATED_AT: Final = NamedNode(PROV + "generatedAtTime")
PROV_INVALIDATED_AT: Final = NamedNode(PROV + "invalidatedAtTime")
PROV_REVISION_OF: Final = NamedNode(PROV + "wasRevisionOf")
PROV_SPECIALIZATION_OF: Final = NamedNode(PROV + "specializationOf")
OWL_SAME_AS: Final = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
"""Written for links to outside data sets that somebody judged, and for nothing else."""
DCTERMS_IS_REPLACED_BY: Final = NamedNode(DCTERMS + "isReplacedBy")

# --- Classes of the knowledge graph -------------------------------------------------------------
AGENT: Final = _us("Agent")
PERSON: Final = _us("Person")
ORGANIZATION: Final = _us("Organization")
GROUP: Final = _us("Group")
HANDLE: Final = _us("Handle")
UNNAMED_SPEAKER: Final = _us("UnnamedSpeaker")
LETTER: Final = _us("Letter")
SIGNATURE: Final = _us("Signature")
STATUS_EVENT: Final = _us("StatusEvent")
STATEMENT: Final = _us("Statement")
QUOTATION: Final = _us("Quotation")
REPORTED_SPEECH: Final = _us("ReportedSpeech")
ROLE: Final = _us("Role")
CLAIMED_COUNT: Final = _us("ClaimedCount")
SOURCE: Final = _us("Source")
ARTICLE: Final = _us("Article")
SOURCE_VERSION: Final = _us("SourceVersion")
"""What is kept of a source's earlier version, with the runs: digest, dates, extractor."""
LETTER_PAGE: Final = _us("LetterPage")

# --- Classes of the evidence graphs ---------------------------------------------------------------
LOCAL_ENTITY: Final = _us("LocalEntity")
LOCAL_PERSON: Final = _us("LocalPerson")
LOCAL_ORGANIZATION: Final = _us("LocalOrganization")
LOCAL_GROUP: Final = _us("LocalGroup")
LOCAL_HANDLE: Final = _us("LocalHandle")
LOCAL_UNNAMED_SPEAKER: Final = _us("LocalUnnamedSpeaker")
LOCAL_LETTER: Final = _us("LocalLetter")
MENTION: Final = _us("Mention")
SLICE: Final = _us("Slice")
CLAIM: Final = _us("Claim")
ROLE_CLAIM: Final = _us("RoleClaim")
LETTER_CLAIM: Final = _us("LetterClaim")
ADDRESSEE_CLAIM: Final = _us("AddresseeClaim")
ORGANIZER_CLAIM: Final = _us("OrganizerClaim")
COUNT_CLAIM: Final = _us("CountClaim")
LETTER_DATE_CLAIM: Final = _us("LetterDateClaim")
TOPIC_CLAIM: Final = _us("TopicClaim")
DEMAND_CLAIM: Final = _us("DemandClaim")
ANSWER_CLAIM: Final = _us("AnswerClaim")
SIGNATURE_CLAIM: Final = _us("SignatureClaim")
STATEMENT_CLAIM: Final = _us("StatementClaim")
QUOTATION_CLAIM: Final = _us("QuotationClaim")
REPORTED_SPEECH_CLAIM: Final = _us("ReportedSpeechClaim")

# --- Knowledge graph: entities and facts ----------------------------------------------------------
NAME: Final = _us("name")
ALIAS: Final = _us("alias")
ACCOUNT_NAME: Final = _us("accountName")
"""A user name by which somebody goes, without an at sign."""
FOLDED_NAME: Final = _us("foldedName")
"""A name without case, diacritics and punctuation, for look-up."""
SUPPORTED_BY: Final = _us("supportedBy")
"""Fact or entity → claim."""
SAID_IN: Final = _us("saidIn")
"""Fact or entity → source; once for each source, however many claims it makes."""
CERTAINTY: Final = _us("certainty")
DESCRIPTION: Final = _us("description")
PRINTED: Final = _us("printed")

DOCUMENT_KIND: Final = _us("documentKind")
ADDRESSEE: Final = _us("addressee")
ORGANIZER: Final = _us("organizer")
LETTER_DATE: Final = _us("letterDate")
ABOUT: Final = _us("about")
DEMAND: Final = _us("demand")
ANSWERS: Final = _us("answers")
HAS_CLAIMED_COUNT: Final = _us("hasClaimedCount")
NUMBER: Final = _us("number")
COUNT_QUALIFIER: Final = _us("countQualifier")

SIGNED: Final = _us("signed")
CO_SIGNED_WITH: Final = _us("coSignedWith")
NAMED_SIGNATORY: Final = _us("namedSignatory")
"""Signature record → whom it names, whatever became of it; `signatory` only while it stands."""
SIGNATORY: Final = _us("signatory")
SIGNED_LETTER: Final = _us("signedLetter")
CAPACITY: Final = _us("capacity")
STATUS: Final = _us("status")
HAS_STATUS_EVENT: Final = _us("hasStatusEvent")
STATED_ON: Final = _us("statedOn")

SPEAKER: Final = _us("speaker")
WORDS: Final = _us("words")
VARIANT: Final = _us("variant")
CUE: Final = _us("cue")
TARGET: Final = _us("target")
STANCE: Final = _us("stance")
IN_LETTER: Final = _us("inLetter")
NESTED_IN: Final = _us("nestedIn")
REPORTED_ON: Final = _us("reportedOn")

HOLDER: Final = _us("holder")
ROLE_TITLE: Final = _us("roleTitle")
AT_ORGANIZATION: Final = _us("atOrganization")
ROLE_TIME: Final = _us("roleTime")

OUTLET: Final = _us("outlet")
PUBLISHED: Final = _us("published")
URL: Final = _us("url")

# --- Identity: local entity → entity, written in the knowledge graph ------------------------------
IDENTIFIED_AS: Final = _us("identifiedAs")
IDENTITY_SCORE: Final = _us("identityScore")
IDENTITY_BASIS: Final = _us("identityBasis")
IDENTITY_AMOUNT: Final = _us("identityAmount")
"""How much evidence, for and against, in bits."""

# --- Independent sources, written in the knowledge graph ------------------------------------------
COPY_OF: Final = _us("copyOf")
"""Source → the source that told the same story first."""
INDEPENDENT_SOURCES: Final = _us("independentSources")
BELIEF: Final = _us("belief")

# --- The graph of judgements ----------------------------------------------------------------------
JUDGEMENT: Final = _us("Judgement")
IDENTITY_JUDGEMENT: Final = _us("IdentityJudgement")
JUDGED_ENTITY: Final = _us("judgedEntity")
"""Identity judgement → local entity; two of them."""
VERDICT: Final = _us("verdict")
JUDGE: Final = _us("judge")
JUDGED_AT: Final = _us("judgedAt")
REASON: Final = _us("reason")
REDACTION: Final = _us("Redaction")
REDACTED_CLAIM: Final = _us("redactedClaim")
"""Redaction → the claim that is kept out of its source's graph."""
REVOKED_AT: Final = _us("revokedAt")
REVOKED_BY: Final = _us("revokedBy")
REVOCATION_REASON: Final = _us("revocationReason")
SIGNATURE_JUDGEMENT: Final = _us("SignatureJudgement")
JUDGED_SIGNATORY: Final = _us("judgedSignatory")
"""Signature judgement → the local agent of each source that told of the signature."""
JUDGED_LETTER: Final = _us("judgedLetter")
DECIDED_BY: Final = _us("decidedBy")
"""Status event → the signature judgement that it rests on; written in the knowledge graph."""
LINK_JUDGEMENT: Final = _us("LinkJudgement")
LINK: Final = _us("link")
"""Link judgement or proposal → an entry of an outside data set."""
LINK_PROPOSAL: Final = _us("LinkProposal")
PROPOSED_FOR: Final = _us("proposedFor")

# --- Evidence graphs ------------------------------------------------------------------------------
FROM_SOURCE: Final = _us("fromSource")
DIGEST: Final = _us("digest")
TEXT_LENGTH: Final = _us("textLength")
FINGERPRINT: Final = _us("fingerprint")
EXTRACTOR: Final = _us("extractor")
HAS_MENTION: Final = _us("hasMention")
MENTION_FORM: Final = _us("mentionForm")
OCCURRENCES: Final = _us("occurrences")
AT: Final = _us("at")
"""Mention → slice."""
EVIDENCE: Final = _us("evidence")
"""Claim → slice that carries it."""
PASSAGE: Final = _us("passage")
"""Claim → slice shown around it."""
RULE: Final = _us("rule")
CONFIDENCE: Final = _us("confidence")
SPEAKER_SCORE: Final = _us("speakerScore")
BLOCKING_KEY: Final = _us("blockingKey")
"""Local entity or statement claim → string; only those that share one are compared."""
LOCAL_LETTER_OF: Final = _us("localLetter")
LOCAL_SIGNATORY: Final = _us("localSignatory")
LOCAL_ADDRESSEE: Final = _us("localAddressee")
LOCAL_ORGANIZER: Final = _us("localOrganizer")
LOCAL_ANSWERED: Final = _us("localAnswered")
LOCAL_HOLDER: Final = _us("localHolder")
LOCAL_ORGANIZATION_OF: Final = _us("localAtOrganization")
LOCAL_SPEAKER: Final = _us("localSpeaker")
LOCAL_TARGET: Final = _us("localTarget")
CONTENT: Final = _us("content")
"""Statement claim → slice of what was said."""
SPEAKER_WORDS: Final = _us("speakerWords")
CUE_WORDS: Final = _us("cueWords")
WITHIN_CLAIM: Final = _us("withinClaim")


def concept(scheme: str, value: str) -> NamedNode:
    """The SKOS concept of a scheme: `concept("certainty", "stated")` is `us:certainty-stated`.

    Schemes: certainty, stance, status, document-kind, count-qualifier, role-time, mention-form,
    verdict.
    """
    return _us(f"{scheme}-{value}")
