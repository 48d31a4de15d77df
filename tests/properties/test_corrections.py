"""Whatever a recognizer finds and a user says: spans stay apart and inside, and the user's word holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newstui.entities.corrections import correct, iter_occurrences
from newstui.model import Article, Correction, Mention, Span, Target, TextPositionSelector
from newstui.text.anchoring import capture

WORDS = ["Ankara", "Brandt", "Helena", "Bonn", "e\u0301", "ab", "👩‍👩‍👧", "a"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=20).map(" ".join)
LABELS = ["PERSON", "GPE"]


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Mention], list[Correction], Article]:
    text = draw(texts)
    article = Article("a1", "A", "sha")
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    found = [
        Mention(Span(low, high), draw(st.sampled_from(LABELS)), 1.0, "model")
        for low, high in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    said = []
    for number in range(draw(st.integers(0, 5))):
        action = draw(st.sampled_from(["drop", "retype", "add"]))
        label = draw(st.sampled_from(LABELS))
        low = draw(st.integers(0, len(text) - 1))
        span = Span(low, draw(st.integers(low + 1, len(text))))
        place = Target("a1", "sha", TextPositionSelector(span.start, span.end), capture(text, span))
        surface = draw(st.sampled_from(WORDS))
        scope = draw(st.sampled_from(["mention", "article", "library"]))
        said.append(
            Correction(f"{number:03}", action, span.slice(text), label, target=place)
            if scope == "mention"
            else Correction(f"{number:03}", action, surface, label, "a1" if scope == "article" else "")
        )
    return text, found, said, article


@settings(max_examples=100, deadline=None)
@given(cases())
def test_spans_stay_apart_sorted_and_inside(case: tuple[str, list[Mention], list[Correction], Article]) -> None:
    text, found, said, article = case
    end = 0
    for mention in correct(article, text, found, said).mentions:
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@settings(max_examples=100, deadline=None)
@given(cases())
def test_the_newest_narrowest_word_holds_whatever_the_model_found(
    case: tuple[str, list[Mention], list[Correction], Article],
) -> None:
    text, found, said, article = case
    for model in (found, []):
        mentions = correct(article, text, model, said).mentions
        placed = [each for each in said if each.target is not None]
        if placed:
            last = placed[-1]
            assert last.target is not None
            here = [mention for mention in mentions if mention.span == last.target.span]
            assert [mention.label for mention in here] == ([] if last.action == "drop" else [last.label])
        elif said and said[-1].action == "drop" and said[-1].article:
            assert all(mention.span.slice(text) != said[-1].surface for mention in mentions)


@given(texts, st.sampled_from(WORDS))
def test_a_name_taught_to_the_library_is_marked_everywhere(text: str, word: str) -> None:
    article = Article("a1", "A", "sha")
    mentions = correct(article, text, [], [Correction("1", "add", word, "GPE")]).mentions
    assert [mention.span for mention in mentions] == list(iter_occurrences(text, word))
    assert len(mentions) == text.split(" ").count(word)
