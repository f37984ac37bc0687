"""Everything that goes wrong, named after what is wrong.

    UndersignedError
    ├── ProjectNotFound            no folder with ontology/, loaders/ and queries/
    ├── SettingInvalid             a flag, environment variable or pyproject entry
    ├── SourceError                one source; the rest of a batch goes on
    │   ├── SourceUnreadable       missing, empty, binary, too large, wrong encoding, no text
    │   ├── SourceKindUnknown      no loader reads this kind
    │   ├── SourceUnreachable      a URL that did not answer, or may not be asked
    │   ├── SourceIdTaken          two different sources claim one id
    │   ├── SignersNotFound        a table without a column of names, a list without entries
    │   ├── MappingInvalid         the mapping file beside a table
    │   └── ReadingFailed          a bug met in reading it; the message holds its traceback
    ├── LoaderError                a loader file
    │   ├── LoaderUnusable         does not import, or lacks `LOADER`
    │   └── LoaderFailed           raised something of its own while reading a source
    ├── PipelineUnusable           the named spaCy pipeline is missing or not labelled with UD
    ├── ClaimMismatch              a claim's words are not what its source has at their place: a bug
    ├── StoreError
    │   ├── StoreUnreadable        no store there, or not one of ours
    │   └── StoreLocked            another process is writing
    ├── QueryError
    │   ├── QueryNotFound          no saved query of that name
    │   ├── QueryHeaderInvalid     the #+ header of a .rq file
    │   ├── QueryParameterMissing
    │   ├── QueryParameterInvalid
    │   ├── QueryRefused           SERVICE, LOAD or an update where only reading is allowed
    │   └── QueryInvalid           not SPARQL
    ├── EntityNotFound             no person, letter or organization of that name
    ├── EntityAmbiguous            several; the candidates are listed
    ├── JudgementError
    │   ├── JudgementInvalid       can't be decided so: other kinds, the same thing twice, no date
    │   └── JudgementNotFound      no judgement, or no signature to judge
    ├── EndpointError              another SPARQL endpoint
    │   ├── EndpointUnreachable    does not answer, not in time, or with an error
    │   └── EndpointAnswerInvalid  answers with something else than SPARQL results
    ├── ReasonerUnavailable        no Java for HermiT
    ├── ImportRefused              a dump that can't be read, or is not as loading would write it
    ├── LibraryMissing             an optional library is not installed
    └── ExportError                a format or a file that can't be written

A message says where, what was found, what was expected and what to do next. Every class takes
just the message, so that errors cross process boundaries whole.
"""

from __future__ import annotations


class UndersignedError(Exception):
    """Root of all errors that the program foresees; shown to people without a traceback."""


class ProjectNotFound(UndersignedError):
    """No project folder where one was looked for."""


class SettingInvalid(UndersignedError):
    """A setting has a value that it can't have."""


class SourceError(UndersignedError):
    """One source can't be loaded; others of the batch are not touched by it."""


class SourceUnreadable(SourceError):
    """The bytes are there (or not), but no text comes out of them."""


class SourceKindUnknown(SourceError):
    """No loader reads sources of this kind."""


class SourceUnreachable(SourceError):
    """A URL did not answer, answered with an error, or may not be asked."""


class SourceIdTaken(SourceError):
    """Two different sources of one batch claim the same id."""


class SignersNotFound(SourceError):
    """A table has no column that names signers, or a list has no entries."""


class MappingInvalid(SourceError):
    """The mapping file beside a table has a key or value that means nothing."""


class ReadingFailed(SourceError):
    """Reading met a bug in this source; the others of the batch are read all the same."""


class LoaderError(UndersignedError):
    """A loader file is at fault."""


class LoaderUnusable(LoaderError):
    """A loader file does not import, or does not offer what a loader must."""


class LoaderFailed(LoaderError):
    """A loader raised an error of its own; the message holds its traceback."""


class PipelineUnusable(UndersignedError):
    """The language pipeline is missing or is not labelled as reading needs it."""


class ClaimMismatch(UndersignedError):
    """A claim's words differ from the source at the claim's offsets. Always a bug."""


class StoreError(UndersignedError):
    """The triple store can't do what was asked."""


class StoreUnreadable(StoreError):
    """There is no store at this path, or it is not one of ours."""


class StoreLocked(StoreError):
    """Another process holds the writer's lock."""


class QueryError(UndersignedError):
    """A query can't be asked."""


class QueryNotFound(QueryError):
    """No saved query has this name."""


class QueryHeaderInvalid(QueryError):
    """The header of a saved query is not what it must be."""


class QueryParameterMissing(QueryError):
    """A required parameter has no value."""


class QueryParameterInvalid(QueryError):
    """A parameter's value is not of its type, or there is no such parameter."""


class QueryRefused(QueryError):
    """The query would reach out or write, and may not."""


class QueryInvalid(QueryError):
    """The text is not a SPARQL 1.1 query."""


class EntityNotFound(UndersignedError):
    """The knowledge graph has no entity of this name."""


class EntityAmbiguous(UndersignedError):
    """Several entities have this name; the message lists them."""


class JudgementError(UndersignedError):
    """A judgement can't be recorded or taken back."""


class JudgementInvalid(JudgementError):
    """What is judged does not go together, or lacks something."""


class JudgementNotFound(JudgementError):
    """There is no such judgement, or nothing of that name to judge."""


class EndpointError(UndersignedError):
    """A SPARQL endpoint elsewhere can't be asked."""


class EndpointUnreachable(EndpointError):
    """The endpoint did not answer, not in time, or with an error."""


class EndpointAnswerInvalid(EndpointError):
    """The endpoint answered with something that is no SPARQL result."""


class ReasonerUnavailable(UndersignedError):
    """HermiT needs Java, and none was found."""


class ImportRefused(UndersignedError):
    """A dump can't be read, or is not as loading would write it."""


class LibraryMissing(UndersignedError):
    """Something optional was asked for whose library is not installed."""


class ExportError(UndersignedError):
    """A format is unknown, or the output can't be written."""
