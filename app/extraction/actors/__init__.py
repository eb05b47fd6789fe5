"""Who acts in one article: names, offices, nationality and coreference, resolved as of the article's day."""

from app.extraction.actors.index import ActorIndex, ActorReader

__all__ = ["ActorIndex", "ActorReader"]
