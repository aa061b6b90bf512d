using System.Text.Json.Serialization;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>One change that a person may take or leave: of a sentence, of an entry, or of a whole file.</summary>
/// <param name="Id">From 1, within the proposal.</param>
/// <param name="File">Workspace-relative path with <c>/</c>.</param>
/// <param name="Start">Where the old text stood in the base, in UTF-16 code units.</param>
/// <param name="Old">The text to be replaced; empty for an insertion.</param>
/// <param name="New">The text that takes its place.</param>
/// <param name="Label">What it does, as <c>Write the synopsis of “Arrival”</c>.</param>
/// <param name="Before">The text before it, as the base had it.</param>
/// <param name="After">The text behind it, as the base had it.</param>
public sealed record Hunk(int Id, string File, int Start, string Old, string New, string Label, Surrounding Before, Surrounding After)
{
    /// <summary>How sure the model is, from 0 to 1; null where it did not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Confidence { get; init; }

    /// <summary>Why it is not taken unless a person says so, in a sentence; null where nothing speaks against it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Doubt { get; init; }

    /// <summary>Whether it takes the whole file away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DeletesFile { get; init; }

    /// <summary>Whether the old text is whole sentences that stood in the base just once, so that they are known wherever they stand now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StandsOnce { get; init; }

    /// <summary>That it belongs to a new paragraph or a new file of which parts may be taken; null where it stands for itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ParagraphPart? Paragraph { get; init; }

    /// <summary>Whether its place was lost when the base was taken anew, so that <see cref="Start"/> says nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsAdrift { get; init; }

    /// <summary>Whether an acceptance takes it when nobody names hunks.</summary>
    [JsonIgnore]
    public bool IsTicked => Doubt is null;

    /// <summary>Where the old text stood in the base.</summary>
    [JsonIgnore]
    public TextSpan Span => new(Start, Old.Length);

    /// <summary>The hunk of an edit.</summary>
    internal static Hunk Of(int id, string file, SourceText text, TextEdit edit, string label) =>
        new(id, file, edit.Span.Start, text.Slice(edit.Span), edit.NewText, label, Surrounding.Before(text.Text, edit.Span.Start), Surrounding.After(text.Text, edit.Span.End));

    /// <summary>The same hunk at another place of another text.</summary>
    internal Hunk At(string text, int start) => this with
    {
        Start = start,
        IsAdrift = false,
        Before = Surrounding.Before(text, start),
        After = Surrounding.After(text, start + Old.Length),
    };
}
