namespace StoryLsp.Language.Text;

/// <summary>A replacement of a part of a text.</summary>
/// <param name="Span">What is replaced, in UTF-16 code units of the text before the edit; a length of zero inserts.</param>
/// <param name="NewText">What takes its place; empty deletes.</param>
public readonly record struct TextEdit(TextSpan Span, string NewText);
