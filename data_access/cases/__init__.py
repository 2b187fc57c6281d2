"""Cases 诉求: everything the product reads of them."""

from data_access.cases.spans import spans

__all__ = ["spans"]
