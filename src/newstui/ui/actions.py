"""All actions by name, with the words that footer, help, palette and README show for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key can do: a short word for the footer, a sentence for help and palette, and a group.

    `takes` names what may be given after it in a macro or on the command line; "" is nothing.
    """

    short: str
    title: str
    group: str
    takes: str = ""


ACTIONS: dict[str, Action] = {
    # everywhere
    "help": Action("help", "Show all keys of this screen", "everywhere"),
    "command_palette": Action("palette", "Find a command by its name", "everywhere"),
    "command_line": Action("command", "Type a command, or a number to go there", "everywhere"),
    "quit": Action("quit", "Quit newstui", "everywhere"),
    "close_or_quit": Action("close", "Close this view, or quit from the library", "everywhere"),
    "cancel": Action("cancel", "Leave what was begun", "everywhere"),
    "focus_next": Action("next field", "Go to the next pane or field", "everywhere"),
    "focus_previous": Action("previous field", "Go to the previous pane or field", "everywhere"),
    "undo": Action("undo", "Undo the last change", "everywhere"),
    "redo": Action("redo", "Do again what was undone", "everywhere"),
    "suspend": Action("suspend", "Go back to the shell; fg returns", "everywhere"),
    "take_over": Action("write here", "Write to the library, once the other newstui has ended", "everywhere"),
    "redraw": Action("redraw", "Draw the screen again", "everywhere"),
    "choose_theme": Action("theme", "Choose a theme, with preview", "everywhere", "theme"),
    # finding and going
    "search_everywhere": Action("search", "Search text, notes, tags, titles and entities", "go", "query"),
    "find_here": Action("find", "Find in this article", "go", "words"),
    "next_match": Action("next hit", "Go to the next hit", "go"),
    "previous_match": Action("previous hit", "Go to the previous hit", "go"),
    "goto_library": Action("library", "Go to the list of articles", "go"),
    "goto_notes": Action("notes", "Go to the highlights and notes of the library", "go"),
    "article_notes": Action("notes here", "List the highlights and notes of this article", "go"),
    "goto_entities": Action("entities", "List the names in this article or library", "go"),
    "goto_saved_search": Action("views", "List the views: queries under a name, with counts", "go"),
    "save_view": Action("save view", "Keep the filter that is shown as a view", "list"),
    "view_inbox": Action("inbox", "Show only what is not archived", "go"),
    "toggle_preview": Action("preview", "Show or hide the preview", "view"),
    "toggle_rail": Action("side pane", "Show or hide the pane beside the list or the text", "view"),
    "goto_tags": Action("tags", "List the tags of the library", "go"),
    "goto_versions": Action("versions", "Show edited copies and earlier texts of the article, and what differs", "go"),
    "show_page": Action(
        "page", "Show the page of this article or of a tag: passages, notes, names, links", "go", "tags"
    ),
    "goto_history": Action("history", "List what was done, to take back or do again several steps at once", "go"),
    "search_batch": Action("who where", "Search for each line of a file: who occurs where", "go", "file"),
    "goto_anchors": Action("moved", "List highlights whose words moved, changed or are gone", "go"),
    "jump_back": Action("back", "Go back to where the last jump began", "go"),
    "jump_forward": Action("forward", "Go forward again", "go"),
    "next_article": Action("next article", "Open the next article of the list", "go"),
    "previous_article": Action("previous article", "Open the previous article of the list", "go"),
    "next_annotation": Action("next mark", "Go to the next highlight", "go"),
    "previous_annotation": Action("previous mark", "Go to the previous highlight", "go"),
    "next_entity": Action("next name", "Go to the next marked name", "go"),
    "search_word_or_entity": Action("find this", "Find the name or word under the cursor here", "go"),
    "set_mark": Action("mark", "Remember this place under a letter; a capital leads here from all", "go", "letter"),
    "goto_mark": Action("to mark", "Go to the place remembered under a letter; '' goes back", "go", "letter"),
    "goto_marks": Action("marks", "List the places remembered under letters", "go"),
    "hints": Action("hints", "Put letters on links, highlights and names, to open or go to one", "go"),
    "open_link_under_cursor": Action("open link", "Open the address under the cursor", "go"),
    "outline": Action("outline", "List the headings or paragraphs of the article", "go"),
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
    "cursor_to_top": Action("to top", "Put the cursor's line at the top", "move"),
    "cursor_to_bottom": Action("to bottom", "Put the cursor's line at the bottom", "move"),
    "next_section": Action("section", "Move to the next heading", "move"),
    "previous_section": Action("section back", "Move to the previous heading", "move"),
    "goto_percent": Action("percent", "Go to this percent of the text: 40%", "move"),
    # marking
    "select_chars": Action("select", "Select from here, by any motion", "mark"),
    "select_sentence": Action("sentence", "Select the sentence", "mark"),
    "swap_end": Action("other end", "Move the other end of the selection", "mark"),
    "object_word": Action("word", "Select the word", "mark"),
    "object_sentence": Action("sentence", "Select the sentence", "mark"),
    "object_paragraph": Action("paragraph", "Select the paragraph", "mark"),
    "object_quotation": Action("quotation", "Select the quotation without its marks", "mark"),
    "around_word": Action("word+", "Select the word with the blank beside it", "mark"),
    "around_sentence": Action("sentence+", "Select the sentence with the blank beside it", "mark"),
    "around_paragraph": Action("paragraph+", "Select the paragraph with the empty line after it", "mark"),
    "around_quotation": Action("quotation+", "Select the quotation with its marks", "mark"),
    "around_entity": Action("name+", "Select the marked name with the blank beside it", "mark"),
    "find_char": Action("to char", "Go to the next place of a character", "move", "letter"),
    "repeat_find": Action("again", "Go to the next place of that character again", "move"),
    "next_unit": Action("next too", "Select the next word, sentence or paragraph too", "mark"),
    "correct_name": Action("name", "Say what the name or selection here is, or that it is no name", "mark"),
    "show_dossier": Action("dossier", "Show all that the library knows of the name here", "go"),
    "object_entity": Action("name", "Select the marked name", "mark"),
    "expand_selection": Action("grow", "Grow to word, sentence, paragraph, text", "mark"),
    "shrink_selection": Action("shrink", "Shrink the selection again", "mark"),
    "highlight_in_color_slot": Action("color", "Highlight in a color: c1 to c6", "mark", "color"),
    "tag": Action("tag", "Tag the selection, the highlight here, or the sentence", "mark", "tags"),
    "repeat_last_tags": Action("same tags", "Give the last tags again", "mark"),
    "annotate": Action("note", "Write a note on the selection", "mark"),
    "annotate_sentence": Action("note", "Write a note on the highlight or sentence here", "mark"),
    "edit": Action("edit", "Edit tags, note and color", "mark"),
    "edit_bounds": Action("bounds", "Move the boundaries of the highlight or name here by any motion", "mark"),
    "end_word_later": Action("longer", "Move the end of the highlight or name here a word on", "mark"),
    "end_word_earlier": Action("shorter", "Move the end of the highlight or name here a word back", "mark"),
    "start_word_earlier": Action("begin before", "Move the start of the highlight or name here a word back", "mark"),
    "start_word_later": Action("begin after", "Move the start of the highlight or name here a word on", "mark"),
    "end_later": Action("end →", "Move the end of the highlight or name here a character on", "mark"),
    "end_earlier": Action("end ←", "Move the end of the highlight or name here a character back", "mark"),
    "merge_tags": Action("merge", "Make one tag of the marked ones", "list", "tags"),
    "describe_tag": Action("describe", "Say what the tag means", "list", "words"),
    "move_to_article": Action("move", "Move highlights to another article that has their words", "list", "article"),
    "move_under_parent": Action("under", "Put the tag under another one", "list", "tags"),
    "split_tag": Action("split", "Give some passages of the tag another one", "list"),
    "tag_figures": Action("figures", "Show how often tags are used, and which go together", "go"),
    "link_passage": Action("link", "Link the highlight here with another: once at each", "mark"),
    "show_links": Action("links", "List the passages the highlight here is linked with", "go"),
    "annotate_everywhere": Action("everywhere", "List every occurrence in the library, to annotate them", "mark"),
    "list_overlap": Action("all here", "List every highlight under the cursor", "mark"),
    "tag_by_letter": Action("tag there", "Tag a sentence in sight by the letter it gets", "mark", "letter"),
    "highlight_by_letter": Action(
        "mark there", "Highlight a sentence in sight by the letter it gets", "mark", "letter"
    ),
    "goto_by_letter": Action("go there", "Go to a sentence in sight by the letter it gets", "move", "letter"),
    "delete": Action("delete", "Delete the highlight here (u takes it back)", "mark"),
    "cycle_overlap": Action("next under", "Choose the next highlight under the cursor", "mark"),
    "copy": Action("copy", "Copy the selection or the sentence", "mark"),
    "copy_with_citation": Action("cite", "Copy with author, title, source and date", "mark"),
    "repeat_last_annotation_action": Action("again", "Do the last highlighting or tagging again here", "mark"),
    "annotate_all_occurrences": Action("all of these", "Annotate every occurrence of the selected words", "mark"),
    "edit_in_editor": Action("$EDITOR", "Write the note in your own editor", "mark"),
    # lists
    "open": Action("open", "Open", "list"),
    "open_under_cursor": Action("open", "Edit the highlight here", "list"),
    "back": Action("back", "Go back", "list"),
    "toggle_select_row": Action("mark", "Mark this row", "list"),
    "select_all_rows": Action("all", "Mark all rows, or none", "list"),
    "sort": Action("sort", "Sort by the next column", "list"),
    "sort_by": Action("sort by", "Sort by several columns, each within the one before", "list", "order"),
    "choose_columns": Action("columns", "Choose the columns of the list", "list"),
    "filter_query": Action("filter", "Filter the list while typing", "list", "query"),
    "merge": Action("same", "These are one: merge the marked names into the one here", "list"),
    "add_alias": Action("alias", "Give another spelling of this name", "list"),
    "split_name": Action("split", "Say which spelling is somebody else", "list"),
    "suggest": Action("the same?", "List names that may mean the same", "list"),
    "retype": Action("kind", "Say what kind of name it is", "list"),
    "rename": Action("rename", "Rename, or merge with another", "list", "tags"),
    "clear_filter": Action("all", "Show everything again", "list"),
    "accept_anchor": Action("accept", "Accept the place, or attach a lost highlight to the passage shown", "list"),
    "detach_anchor": Action("detach", "These are not its words: keep it as a lost highlight", "list"),
    "next_candidate": Action("other place", "Show another passage that may be it", "list"),
    # articles
    "toggle_read": Action("read", "Mark as read or unread", "article"),
    "toggle_star": Action("star", "Star or unstar", "article"),
    "toggle_archive": Action("archive", "Archive, or take out of the archive", "article"),
    "collect": Action("collection", "Put into a collection, or take out of one", "article"),
    "view_unread": Action("unread", "Show only what is unread", "go"),
    "view_starred": Action("starred", "Show only what is starred", "go"),
    "view_archive": Action("archive", "Show only what is archived", "go"),
    "info": Action("info", "Show what is known about the article", "article"),
    "open_source_url": Action("source", "Open the article's page in the browser", "article"),
    "import": Action("import", "Import files, folders or pasted text", "article", "path"),
    "export": Action("export", "Export as Markdown or data, with a preview", "article"),
    "pipe": Action("pipe", "Pipe a passage, a note or an article into a command", "article", "command"),
    # view
    "wider": Action("wider", "Make the text, or the pane, wider", "view"),
    "narrower": Action("narrower", "Make the text, or the pane, narrower", "view"),
    "reset_width": Action("width", "Make the text as wide as it was", "view"),
    "toggle_entities_layer": Action("names", "Show or hide marked names", "view"),
    "choose_layers": Action("kinds", "Say which kinds of names are marked, now and from now on", "view"),
    "toggle_annotations_layer": Action("marks", "Show or hide highlights", "view"),
    "toggle_notes_margin": Action("margin", "Show or hide notes beside the text", "view"),
    "toggle_mouse": Action("mouse", "Leave the mouse to the terminal, or take it back", "view"),
    "toggle_justify": Action("justify", "Make the rows equally long, or leave their ends ragged", "view"),
    "zen": Action("zen", "Show nothing but the text", "view"),
    # fields
    "open_result": Action("open", "Open the passage", "field"),
    "open_and_keep_searching": Action("open, stay", "Open the passage; closing it leads back to the results", "field"),
    "next_result": Action("next", "Go to the next result", "field"),
    "previous_result": Action("previous", "Go to the previous result", "field"),
    "complete_query": Action("complete", "Complete the field, tag, name or source that is being typed", "field"),
    "group_results": Action("group", "Group the results by kind, by article, or not at all", "field"),
    "search_history": Action("history", "Take the search before", "field"),
    "tag_results": Action("tag all", "Tag all articles or highlights that are found", "field"),
    "cycle_scope": Action("scope", "Search in another scope", "field"),
    "add_tag_or_save": Action("add", "Add the tag; on an empty line, save", "field"),
    "next_suggestion": Action("choose", "Choose the next suggestion", "field"),
    "previous_suggestion": Action("choose", "Choose the previous suggestion", "field"),
    "save": Action("save", "Save", "field"),
    "save_and_close": Action("save", "Save and close", "field"),
}
"""Every action name that a keymap may bind."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a macro: an action, a count before it, and what it is given after it."""

    action: str
    count: int | None = None
    argument: str = ""


def parse_steps(bound: str) -> list[Step]:
    """What a binding does: `tag`, or a macro such as `highlight_in_color_slot 2; 3 down; pipe wc -w`."""
    steps = []
    for part in bound.split(";"):
        count, _, rest = part.strip().partition(" ")
        if not (count.isascii() and count.isdecimal()):
            count, rest = "", part.strip()
        action, _, argument = rest.strip().partition(" ")
        steps.append(Step(action, int(count[:5]) if count else None, argument.strip()))
    return steps


def describe_action(bound: str) -> Action:
    """The words for what a binding does; a macro is named by what it consists of."""
    known = ACTIONS.get(bound)
    if known is not None:
        return known
    steps = parse_steps(bound)
    short = ", ".join(ACTIONS[step.action].short if step.action in ACTIONS else step.action for step in steps)
    return Action(short, f"Macro: {bound}", "yours")
