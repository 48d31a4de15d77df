"""Texts that Markdown, YAML and file systems stumble over."""

from hypothesis import strategies as st

TRICKY = st.text(st.sampled_from("ab #*_`[]()<>!|~^$%&{}\\:@-+=.1\"'/\n\té中😀\u00a0\u3000\u2028"), max_size=40)
ANY_TEXT = TRICKY | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
