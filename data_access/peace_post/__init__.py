"""The peace post 平安驿站: what the product reads and writes of disputes, check-backs and opinions."""

from data_access.peace_post.becoming import become_case, link_proposal
from data_access.peace_post.check_back_writes import change_contact, close_check_back, drop_old_contacts, reveal_contact
from data_access.peace_post.dispute_rows import (
    check_backs,
    check_backs_of,
    dispute_list,
    disputes,
    one_dispute,
    open_check_backs,
)
from data_access.peace_post.dispute_writes import (
    Closing,
    DisputeFacts,
    add_dispute,
    correct_dispute,
    note_performed,
    settle,
    strike_dispute,
)
from data_access.peace_post.history import Corrected, anything, dispute_history, opinion_history
from data_access.peace_post.opinion_rows import one_opinion, opinion_list, opinion_of, opinions
from data_access.peace_post.opinion_writes import (
    OpinionFacts,
    Verdict,
    add_opinion,
    correct_opinion,
    decide,
    drop_old_texts,
    strike_opinion,
)

__all__ = [
    "Closing",
    "Corrected",
    "DisputeFacts",
    "OpinionFacts",
    "Verdict",
    "add_dispute",
    "add_opinion",
    "anything",
    "become_case",
    "change_contact",
    "check_backs",
    "check_backs_of",
    "close_check_back",
    "correct_dispute",
    "correct_opinion",
    "decide",
    "dispute_history",
    "dispute_list",
    "disputes",
    "drop_old_contacts",
    "drop_old_texts",
    "link_proposal",
    "note_performed",
    "one_dispute",
    "one_opinion",
    "open_check_backs",
    "opinion_history",
    "opinion_list",
    "opinion_of",
    "opinions",
    "reveal_contact",
    "settle",
    "strike_dispute",
    "strike_opinion",
]
