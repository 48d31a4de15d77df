"""All actions by name, with the words that footer, help, palette and README show for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key can do: a short word for the footer, a sentence for help and palette, and a group."""

    short: str
    title: str
    group: str


ACTIONS: dict[str, Action] = {
    # everywhere
    "help": Action("help", "Show all keys of this screen", "everywhere"),
    "command_palette": Action("palette", "Find a command by its name", "everywhere"),
    "quit": Action("quit", "Quit newstui", "everywhere"),
    "close_or_quit": Action("close", "Close this view, or quit from the library", "everywhere"),
    "cancel": Action("cancel", "Leave what was begun", "everywhere"),
    "focus_next": Action("next field", "Go to the next pane or field", "everywhere"),
    "focus_previous": Action("previous field", "Go to the previous pane or field", "everywhere"),
    "undo": Action("undo", "Undo the last change", "everywhere"),
    "redo": Action("redo", "Do again what was undone", "everywhere"),
    "suspend": Action("suspend", "Go back to the shell; fg returns", "everywhere"),
    "redraw": Action("redraw", "Draw the screen again", "everywhere"),
    "choose_theme": Action("theme", "Choose a theme, with preview", "everywhere"),
    # finding and going
    "search_everywhere": Action("search", "Search text, notes, tags, titles and entities", "go"),
    "find_here": Action("find", "Find in this article", "go"),
    "next_match": Action("next hit", "Go to the next hit", "go"),
    "previous_match": Action("previous hit", "Go to the previous hit", "go"),
    "goto_library": Action("library", "Go to the list of articles", "go"),
    "goto_notes": Action("notes", "Go to the highlights and notes of the library", "go"),
    "article_notes": Action("notes here", "List the highlights and notes of this article", "go"),
    "goto_entities": Action("entities", "List the names in this article or library", "go"),
    "goto_tags": Action("tags", "List the tags of the library", "go"),
    "jump_back": Action("back", "Go back to where the last jump began", "go"),
    "jump_forward": Action("forward", "Go forward again", "go"),
    "next_article": Action("next article", "Open the next article of the list", "go"),
    "previous_article": Action("previous article", "Open the previous article of the list", "go"),
    "next_annotation": Action("next mark", "Go to the next highlight", "go"),
    "previous_annotation": Action("previous mark", "Go to the previous highlight", "go"),
    "next_entity": Action("next name", "Go to the next marked name", "go"),
    "previous_entity": Action("previous name", "Go to the previous marked name", "go"),
    "next_unread": Action("next unread", "Go to the next unread article", "go"),
    "previous_unread": Action("previous unread", "Go to the previous unread article", "go"),
    # moving
    "down": Action("down", "Move down a line", "move"),
    "up": Action("up", "Move up a line", "move"),
    "left": Action("left", "Move left a character", "move"),
    "right": Action("right", "Move right a character", "move"),
    "top": Action("top", "Go to the beginning", "move"),
    "bottom": Action("end", "Go to the end", "move"),
    "half_page_down": Action("half page", "Move down half a page", "move"),
    "half_page_up": Action("half page up", "Move up half a page", "move"),
    "page_down": Action("page", "Move down a page", "move"),
    "page_up": Action("page up", "Move up a page", "move"),
    "word_forward": Action("word", "Move to the next word", "move"),
    "word_backward": Action("word back", "Move to the previous word", "move"),
    "word_end": Action("word end", "Move to the end of the word", "move"),
    "line_start": Action("line start", "Move to the beginning of the line", "move"),
    "line_end": Action("line end", "Move to the end of the line", "move"),
    "next_sentence": Action("sentence", "Move to the next sentence", "move"),
    "previous_sentence": Action("sentence back", "Move to the previous sentence", "move"),
    "next_paragraph": Action("paragraph", "Move to the next paragraph", "move"),
    "previous_paragraph": Action("paragraph back", "Move to the previous paragraph", "move"),
    "scroll_line_down": Action("scroll", "Scroll the text up a line", "move"),
    "scroll_line_up": Action("scroll up", "Scroll the text down a line", "move"),
    "cursor_to_middle": Action("middle", "Put the cursor's line in the middle", "move"),
    "goto_percent": Action("percent", "Go to this percent of the text: 40%", "move"),
    # marking
    "select_chars": Action("select", "Select from here, by any motion", "mark"),
    "select_sentence": Action("sentence", "Select the sentence", "mark"),
    "swap_end": Action("other end", "Move the other end of the selection", "mark"),
    "object_word": Action("word", "Select the word", "mark"),
    "object_sentence": Action("sentence", "Select the sentence", "mark"),
    "object_paragraph": Action("paragraph", "Select the paragraph", "mark"),
    "object_quotation": Action("quotation", "Select the quotation", "mark"),
    "object_entity": Action("name", "Select the marked name", "mark"),
    "expand_selection": Action("grow", "Grow to word, sentence, paragraph, text", "mark"),
    "shrink_selection": Action("shrink", "Shrink the selection again", "mark"),
    "highlight_in_color_slot": Action("color", "Highlight in a color: c1 to c6", "mark"),
    "tag": Action("tag", "Tag the selection, the highlight here, or the sentence", "mark"),
    "repeat_last_tags": Action("same tags", "Give the last tags again", "mark"),
    "annotate": Action("note", "Write a note on the selection", "mark"),
    "annotate_sentence": Action("note", "Write a note on the highlight or sentence here", "mark"),
    "edit": Action("edit", "Edit tags, note and color", "mark"),
    "edit_bounds": Action("bounds", "Move the boundaries of the highlight here", "mark"),
    "delete": Action("delete", "Delete the highlight here (u takes it back)", "mark"),
    "cycle_overlap": Action("next under", "Choose the next highlight under the cursor", "mark"),
    "copy": Action("copy", "Copy the selection or the sentence", "mark"),
    # lists
    "open": Action("open", "Open", "list"),
    "open_under_cursor": Action("open", "Edit the highlight here", "list"),
    "back": Action("back", "Go back", "list"),
    "toggle_select_row": Action("mark", "Mark this row", "list"),
    "select_all_rows": Action("all", "Mark all rows, or none", "list"),
    "sort": Action("sort", "Sort by the next column", "list"),
    "filter_query": Action("filter", "Filter the list while typing", "list"),
    "clear_filter": Action("all", "Show everything again", "list"),
    # articles
    "toggle_read": Action("read", "Mark as read or unread", "article"),
    "toggle_star": Action("star", "Star or unstar", "article"),
    "toggle_archive": Action("archive", "Archive, or take out of the archive", "article"),
    "info": Action("info", "Show what is known about the article", "article"),
    "import": Action("import", "Import files, folders or pasted text", "article"),
    "export": Action("export", "Export as Markdown", "article"),
    # view
    "wider": Action("wider", "Make the text wider", "view"),
    "narrower": Action("narrower", "Make the text narrower", "view"),
    "reset_width": Action("width", "Make the text as wide as it was", "view"),
    "toggle_entities_layer": Action("names", "Show or hide marked names", "view"),
    "toggle_annotations_layer": Action("marks", "Show or hide highlights", "view"),
    "toggle_mouse": Action("mouse", "Leave the mouse to the terminal, or take it back", "view"),
    "zen": Action("zen", "Show nothing but the text", "view"),
    # fields
    "open_result": Action("open", "Open the passage", "field"),
    "next_result": Action("next", "Go to the next result", "field"),
    "previous_result": Action("previous", "Go to the previous result", "field"),
    "cycle_scope": Action("scope", "Search in another scope", "field"),
    "add_tag_or_save": Action("add", "Add the tag; on an empty line, save", "field"),
    "next_suggestion": Action("choose", "Choose the next suggestion", "field"),
    "previous_suggestion": Action("choose", "Choose the previous suggestion", "field"),
    "save": Action("save", "Save", "field"),
    "save_and_close": Action("save", "Save and close", "field"),
}
"""Every action name that a keymap may bind."""
