from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from passage import cast_of, phrase
from undersigned.claims import EntityKind, LocalKey, MentionForm
from undersigned.reading.genders import Gender

if TYPE_CHECKING:
    from spacy.language import Language

    from undersigned.reading.cast import Cast


def names_in(cast: Cast) -> dict[str, int]:
    return {entity.name: len(entity.mentions) for entity in cast.entities()}


def resolved(cast: Cast, words: str, occurrence: int = 0) -> str | None:
    resolution = cast.resolve(phrase(cast.text, words, occurrence))
    return None if resolution is None else cast.name_of(resolution.key)


def test_surnames_courtesy_titles_and_possessives_go_to_the_full_name(nlp: Language) -> None:
    cast = cast_of(
        nlp,
        "Actor Nia Okoro signed a letter on Monday.",
        "Ms. Okoro said so. Okoro’s agent agreed. Fans of Nia cheered.",
    )
    (person,) = cast.entities()
    assert (person.key, person.name) == ("person-nia-okoro", "Nia Okoro")
    exact = [mention.words.exact for mention in person.mentions]
    assert exact == ["Nia Okoro", "Okoro", "Okoro", "Nia"]
    assert {mention.form for mention in person.mentions} == {MentionForm.NAME}


def test_middle_names_and_several_surnames_are_one_person(nlp: Language) -> None:
    cast = cast_of(nlp, "Ann M. Garcia Lopez spoke. Ann Garcia Lopez left; Garcia Lopez won.")
    assert names_in(cast) == {"Ann M. Garcia Lopez": 3}


def test_two_bearers_of_a_surname_are_told_apart_by_their_titles(nlp: Language) -> None:
    cast = cast_of(nlp, "Emma Braun and her brother Paul Braun signed.", "Mr. Braun was glad.")
    assert names_in(cast) == {"Emma Braun": 1, "Paul Braun": 2}


def test_a_title_that_does_not_fit_the_full_name_makes_another_person(nlp: Language) -> None:
    cast = cast_of(nlp, "Emma Braun signed on Monday.", "Mr. Braun did not.")
    assert names_in(cast) == {"Emma Braun": 1, "Braun": 1}


def test_an_acronym_goes_to_the_name_that_it_stands_for(nlp: Language) -> None:
    cast = cast_of(
        nlp,
        "The Office of Science and Technology Policy (OSTP) answered the Riverside Housing Fund.",
        "OSTP said no. The RHF was sad.",
    )
    assert names_in(cast) == {
        "Office of Science and Technology Policy": 3,
        "Riverside Housing Fund": 2,
    }


def test_a_body_named_again_is_short_of_what_articles_leave_out(nlp: Language) -> None:
    cast = cast_of(
        nlp,
        "Norwick Logistics Ltd. answered the union. Norwick Logistics said no. Norwick was calm.",
        "The Senate Finance Committee met. The Senate did not.",
    )
    named = names_in(cast)
    assert named["Norwick Logistics Ltd."] == 3
    assert named["Senate"] == 1


def test_a_surname_stays_its_bearer_s_beside_a_body_of_that_name(nlp: Language) -> None:
    cast = cast_of(nlp, "Ann Norwick left Norwick Logistics. Norwick said that she was tired.")
    assert names_in(cast) == {"Ann Norwick": 2, "Norwick Logistics": 1}


def test_a_surname_may_be_an_office(nlp: Language) -> None:
    cast = cast_of(nlp, "Health critic Nora Cardinal said no.")
    assert names_in(cast) == {"Nora Cardinal": 1}


def test_keys_are_made_from_the_words_and_do_not_depend_on_the_place(nlp: Language) -> None:
    first = cast_of(nlp, "Ann Lee met officials of The Guardian.")
    later = cast_of(nlp, "It rained. Nobody came.", "Ann Lee met officials of The Guardian.")
    keys = {"person-ann-lee", "organization-guardian"}
    assert {entity.key for entity in first.entities()} == keys
    assert {entity.key for entity in later.entities()} == keys


def test_places_are_no_members(nlp: Language) -> None:
    assert cast_of(nlp, "It rained in Brussels and in France.").entities() == ()


def test_the_token_of_a_name_leads_to_its_entity(nlp: Language) -> None:
    cast = cast_of(nlp, "Actor Bo Diaz signed.")
    keys = [cast.at(token) for token in cast.text.doc]
    assert keys == [None, "person-bo-diaz", "person-bo-diaz", None, None]
    assert cast.kind_of(LocalKey("person-bo-diaz")) is EntityKind.PERSON


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("Emma Braun signed.", Gender.FEMALE),
        ("David Braun signed.", Gender.MALE),
        ("Consolata Braun signed.", Gender.FEMALE),
        ("Rainer Braun signed.", Gender.MALE),
        ("Actress Robin Braun signed.", Gender.FEMALE),
        ("Mr. Braun signed.", Gender.MALE),
        ("Xyla Braun, a poet, signed.", None),
    ],
)
def test_gender_is_shown_by_titles_and_given_names(
    nlp: Language, words: str, gender: Gender | None
) -> None:
    cast = cast_of(nlp, words)
    (person,) = (e for e in cast.entities() if e.kind is EntityKind.PERSON)
    assert cast.gender_of(person.key) is gender


def test_a_pronoun_takes_up_the_subject_of_its_gender(nlp: Language) -> None:
    cast = cast_of(
        nlp,
        "Director Ada Lind praised the actor Tom Braun on Monday.",
        "“It was fun,” she said. He agreed, and he smiled.",
    )
    assert resolved(cast, "she") == "Ada Lind"
    assert resolved(cast, "He") == resolved(cast, "he") == "Tom Braun"


def test_a_pronoun_after_many_pronouns_still_means_the_same_person(nlp: Language) -> None:
    cast = cast_of(
        nlp,
        "Emma Garcia wrote the letter in March.",
        *["She then wrote another one, and she sent it to the town council on the hill."] * 12,
    )
    assert resolved(cast, "She", 11) == "Emma Garcia"


def test_a_pronoun_without_anybody_of_its_gender_stays_open(nlp: Language) -> None:
    cast = cast_of(nlp, "David Osei wrote the letter.", "“Fine,” she said.")
    assert resolved(cast, "she") is None


def test_a_pronoun_in_the_clause_of_an_unknown_subject_stays_open(nlp: Language) -> None:
    cast = cast_of(nlp, "David Osei wrote the letter.", "A doctor said he was ill.")
    assert resolved(cast, "he") is None


def test_a_role_means_its_holder_and_a_near_one_does_too(nlp: Language) -> None:
    cast = cast_of(
        nlp,
        "Sen. Ada Lind met Jo Park, the chief executive of Harbor Motors, in Lima.",
        "The senator was glad, and the lawmaker said so. The executive said no; the poet stayed.",
    )
    assert resolved(cast, "The senator") == "Ada Lind"
    assert resolved(cast, "the lawmaker") == "Ada Lind"
    assert resolved(cast, "The executive") == "Jo Park"
    assert resolved(cast, "the poet") is None


def test_a_kind_of_body_means_the_body_of_that_kind(nlp: Language) -> None:
    cast = cast_of(
        nlp,
        "The Guardian asked Google and the Harbor Commission for comment.",
        "The company declined. The newspaper waited for the commission.",
    )
    assert resolved(cast, "The company") == "Google"
    assert resolved(cast, "The newspaper") == "The Guardian"
    assert resolved(cast, "the commission") == "Harbor Commission"


def test_a_noun_phrase_that_holds_somebodys_name_is_not_that_person(nlp: Language) -> None:
    cast = cast_of(nlp, "Spokesman Tom Braun met Ada Lind.", "The Lind spokesman agreed.")
    assert resolved(cast, "The Lind spokesman") is None


def test_a_name_means_itself_with_certainty_and_before_limits_what_counts(nlp: Language) -> None:
    cast = cast_of(nlp, "Emma Garcia spoke. Ada Lind listened. She left.")
    name = cast.resolve(phrase(cast.text, "Ada Lind"))
    assert name is not None
    assert (name.key, name.score, name.rule) == ("person-ada-lind", 1.0, "name")
    assert resolved(cast, "She") == "Ada Lind"


def test_unnamed_speakers_join_by_their_noun_phrase_once(nlp: Language) -> None:
    cast = cast_of(nlp, "A campaign spokesman agreed. Later a campaign spokesman left.")
    first = cast.ensure(phrase(cast.text, "A campaign spokesman"), EntityKind.UNNAMED)
    again = cast.ensure(phrase(cast.text, "A campaign spokesman"), EntityKind.UNNAMED)
    later = cast.ensure(phrase(cast.text, "a campaign spokesman"), EntityKind.UNNAMED)
    assert first == again == later == "unnamed-a-campaign-spokesman"
    (speaker,) = cast.entities()
    assert speaker.name == "A campaign spokesman"
    assert [mention.form for mention in speaker.mentions] == [MentionForm.NOMINAL] * 2


def test_an_object_pronoun_is_not_the_subject_of_its_clause(nlp: Language) -> None:
    cast = cast_of(nlp, "Tom Braun left early. David Lind, who had praised him, stayed.")
    assert resolved(cast, "him") == "Tom Braun"


def test_a_possessive_pronoun_may_be_the_subject_of_its_clause(nlp: Language) -> None:
    cast = cast_of(nlp, "Tom Braun left early. David Lind sold his house.")
    assert resolved(cast, "his") == "David Lind"


def test_people_named_side_by_side_are_a_couple(nlp: Language) -> None:
    cast = cast_of(nlp, "Mayor Emma Braun and David Lind, a poet, met.", "The two were glad.")
    head = phrase(cast.text, "The two")[1]
    assert [cast.name_of(key) for key in cast.couple_before(head, 2)] == [
        "Emma Braun",
        "David Lind",
    ]
    assert cast.couple_before(head, 3) == ()


def test_only_a_salient_reading_takes_a_bare_noun_for_the_subject_before(nlp: Language) -> None:
    cast = cast_of(nlp, "Emma Braun won the race.", "The newcomer was glad.")
    words = phrase(cast.text, "The newcomer")
    assert cast.resolve(words) is None
    salient = cast.resolve_salient(words)
    assert salient is not None
    assert (cast.name_of(salient.key), salient.rule) == ("Emma Braun", "salience")
