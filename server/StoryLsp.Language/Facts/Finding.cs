using StoryLsp.Language.Text;

namespace StoryLsp.Language.Facts;

/// <summary>How grave a finding is, from worst to mildest. The numbers are those of the protocol.</summary>
public enum Severity
{
    /// <summary>A fault; the check exits with 1.</summary>
    Error = 1,

    /// <summary>Very likely a fault.</summary>
    Warning = 2,

    /// <summary>Worth knowing.</summary>
    Information = 3,

    /// <summary>A suggestion, shown faintly.</summary>
    Hint = 4,
}

/// <summary>A place that a finding rests on.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Span">Where, in UTF-16 code units.</param>
/// <param name="Message">What stands there, in a writer's words.</param>
public sealed record RelatedPlace(string Path, TextSpan Span, string Message);

/// <summary>A fault in one document.</summary>
/// <param name="Code">The stable id of the rule, as <c>ref/unresolved</c>.</param>
/// <param name="Severity">The severity that the rule gave; settings and suppressions are applied later.</param>
/// <param name="Span">The narrowest text at fault, in UTF-16 code units.</param>
/// <param name="Message">The fact, why it is a fault, and the remedy.</param>
public sealed record Finding(string Code, Severity Severity, TextSpan Span, string Message)
{
    /// <summary>Every other place that the conclusion rests on.</summary>
    public IReadOnlyList<RelatedPlace> Related { get; init; } = [];

    /// <summary>What the rule's own fix needs to know again; opaque to everyone else.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>True where the editor should strike the text out.</summary>
    public bool Deprecated { get; init; }
}
