using System.Text.Json.Serialization;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>
/// That a hunk is a sentence of a new paragraph, or a paragraph of a new file: whichever of them is taken first brings what opens it (the paragraph's
/// break, the file's front matter and heading), so that it makes sense whatever else is left.
/// </summary>
/// <param name="Number">Which paragraph or file, within the hunks of one file.</param>
/// <param name="Break">What opens it; the new text of its first hunk begins with it.</param>
/// <param name="Lead">What stands between this hunk's words and those before, with which its new text begins.</param>
/// <param name="End">What closes it, white space; the new text of its last hunk ends with it.</param>
/// <param name="IsLast">Whether it is the last.</param>
public sealed record ParagraphPart(int Number, string Break, string Lead, string End, bool IsLast)
{
    /// <summary>Whether a later part stands in the text already, so that this one goes before it and behind what opens it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBeforeRest { get; init; }

    /// <summary>The words themselves of a hunk of which this is the part.</summary>
    internal string WordsIn(string text) => text[Lead.Length..^(IsLast ? End.Length : 0)];
}
