"""A person taken out of a store for good, and kept out.

What a person is called is looked up once; from then on only salted hashes of it are known. They
are written first, with a mark that an erasure is under way. Then every source's evidence is
written again without the person, as a load would write it now, and at last the store's files are
made anew. A process that is killed in between leaves the mark, and the next writer goes on from the
hashes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersigned.correcting.rewriting import withhold_everywhere

if TYPE_CHECKING:
    from undersigned.correcting.people import PersonNames
    from undersigned.correcting.rewriting import WithheldReport
    from undersigned.store.base import GraphWriter


def forget(writer: GraphWriter, person: PersonNames) -> WithheldReport:
    """Takes a person out everywhere and keeps them out; published when it returns.

    Older revisions are gone then, and no file of the store holds the person any more.
    """
    writer.begin_erasure(writer.suppression.with_names(person.forms()))
    return go_on_forgetting(writer)


def go_on_forgetting(writer: GraphWriter) -> WithheldReport:
    """Ends what `forget` began, from the hashes alone; for the writer after one that was killed."""
    report = withhold_everywhere(writer, doing="forget")
    writer.erase()
    return report
