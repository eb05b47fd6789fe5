"""What other rules of linking make of a document that is kept: where its claims meet others, and their events."""

from __future__ import annotations

from app.linking.keys import keys_of
from app.linking.objects import topic
from app.services.claims import claim_about, rules
from app.services.families import about
from app.services.linking import Turn
from app.storage import linking as store
from app.storage.linking import Place, Placed


def place(turn: Turn, document_id: int, text: str) -> None:
    """Let a document's claims meet others as the present rules have it, by the weapon that each is now about."""
    turns_on = about(text)
    for one in store.kept_of_document(turn.conn, document_id):
        found = topic(one.values["object"], one.values["kind"], turns_on, frozenset(one.values["words"]), rules())
        keys = keys_of(claim_about(one, found), rules())
        places = [Place(key.number, key.reach, key.start) for key in keys]
        store.place(turn.conn, Placed(int(one.values["id"]), found, places), turn.stamp)
