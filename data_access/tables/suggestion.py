"""The model that suggests a category: one row, replaced whenever it is learnt again."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common


class SuggestionModel(Common, Base):
    """Counts of pairs of letters by label (arrays in an npz file), and how well they did on cases kept back.

    `labels` is JSON: by label its path, the category it means, and its line of accuracy.
    """

    __tablename__ = "suggestion_model"
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    trained_at: Mapped[datetime]
    cases: Mapped[int]
    labels: Mapped[str]
