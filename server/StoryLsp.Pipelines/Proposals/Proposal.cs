using System.Text.Json.Serialization;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>One change that a person may take or leave.</summary>
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
    /// <summary>Where the old text stood in the base.</summary>
    [JsonIgnore]
    public TextSpan Span => new(Start, Old.Length);

    /// <summary>The hunk of an edit.</summary>
    internal static Hunk Of(int id, string file, SourceText text, TextEdit edit, string label) =>
        new(id, file, edit.Span.Start, text.Slice(edit.Span), edit.NewText, label, Surrounding.Before(text.Text, edit.Span.Start), Surrounding.After(text.Text, edit.Span.End));
}

/// <summary>A file as the proposal found it.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Hash">SHA-256 of its text, in lower-case hexadecimal.</param>
public sealed record BaseFile(string Path, string Hash);

/// <summary>What a pipeline suggests. It changes nothing until a person accepts it.</summary>
public sealed record Proposal
{
    /// <summary>Its id: letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the run that made it.</summary>
    public required string Run { get; init; }

    /// <summary>The pipeline, as <c>synopsis</c>.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The model that wrote it, as the provider calls it.</summary>
    public required string Model { get; init; }

    /// <summary>Where the text comes from, in a sentence for the writer.</summary>
    public required string Origin { get; init; }

    /// <summary>The id of the container that it is about.</summary>
    public required string Input { get; init; }

    /// <summary>The files as they were.</summary>
    public required IReadOnlyList<BaseFile> Base { get; init; }

    /// <summary>The changes.</summary>
    public required IReadOnlyList<Hunk> Hunks { get; init; }
}
