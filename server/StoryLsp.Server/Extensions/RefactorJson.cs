using StoryLsp.Features.Refactorings;
using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>The argument of the command <c>storylsp.refactor</c>, and what a code action keeps until it is resolved.</summary>
internal sealed record RefactorArguments
{
    public string? Name { get; init; }

    public string? Uri { get; init; }

    public LspRange? Range { get; init; }

    /// <summary>The version of the buffer that the range counts in; null: whatever stands there now.</summary>
    public int? Version { get; init; }

    public string? Type { get; init; }

    public string? NewName { get; init; }

    public string? Field { get; init; }

    public string? Value { get; init; }

    public string? Who { get; init; }

    public string? To { get; init; }

    public string? Born { get; init; }

    public static RefactorArguments Of(string name, string uri, LspRange range, int? version, RefactoringInput input) => new()
    {
        Name = name,
        Uri = uri,
        Range = range,
        Version = version,
        Type = input.Type,
        NewName = input.Name,
        Field = input.Field,
        Value = input.Value,
        Who = input.Who,
        To = input.To,
        Born = input.Born,
    };

    public RefactoringInput Input() => new() { Type = Type, Name = NewName, Field = Field, Value = Value, Who = Who, To = To, Born = Born };
}

/// <summary>What the command <c>storylsp.refactor</c> answers.</summary>
/// <param name="Applied">Whether the editor has made the change.</param>
/// <param name="Proposal">The proposal's id, where the change is one that is looked through.</param>
/// <param name="Status">How the proposal stands.</param>
internal sealed record RefactorAnswer(bool Applied, string? Proposal = null, string? Status = null);
