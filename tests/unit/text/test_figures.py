from newstui.text.figures import counted


def test_one_thing_has_no_s() -> None:
    said = [counted(number, "article") for number in (0, 1, 2, 1200)]
    assert said == ["0 articles", "1 article", "2 articles", "1,200 articles"]
