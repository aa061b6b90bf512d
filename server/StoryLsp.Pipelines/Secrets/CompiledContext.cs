using StoryLsp.Continuity.Secrets;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>One piece of what a model is told, and why.</summary>
/// <param name="Container">The id of the container that it comes from; words without a name where the id is a secret.</param>
/// <param name="Reason">Why it is there, as <c>the scene</c> or <c>in the cast</c>.</param>
/// <param name="Attributes">Its attributes as lines of <c>key: value</c>, or its text, without any secret.</param>
public sealed record ContextItem(string Container, string Reason, string Attributes)
{
    /// <summary>Which part of the context it belongs to.</summary>
    public ContextPart Part { get; init; }

    /// <summary>How many tokens it is, about, with its fence.</summary>
    public int Tokens { get; init; }

    /// <summary>The item as it stands in a prompt: fenced, and labelled as data.</summary>
    public string Fenced => Fence.Data($"{Reason}: {Container}", Attributes);
}

/// <summary>Everything that a model is told. It is made by <see cref="ContextCompiler"/> alone.</summary>
/// <param name="Items">The pieces, for the prompt and for its manifest.</param>
/// <param name="Prose">The subject's prose, paragraphs apart by a blank line.</param>
/// <param name="LeftOut">What was left out, in plain phrases with counts, for the manifest; never which.</param>
/// <param name="Tokens">How many tokens all of it is, about.</param>
public sealed record CompiledContext(IReadOnlyList<ContextItem> Items, string Prose, IReadOnlyList<string> LeftOut, int Tokens)
{
    /// <summary>The label of the subject's prose in the prompt.</summary>
    public const string ProseLabel = "the scene's text";

    /// <summary>The subject's name, where it is no secret.</summary>
    public string Name { get; init; } = "";

    /// <summary>The subject's id, where it is no secret.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whether all of the subject's prose is there: no paragraph was left out because it says what is secret, or did not fit.</summary>
    public bool IsProseWhole { get; init; } = true;

    /// <summary>What must not be said at this place of the story; the firewall is given it.</summary>
    public required StorySecrets Secrets { get; init; }

    /// <summary>The pieces without the prose, each fenced and labelled.</summary>
    public string FencedItems => string.Join('\n', Items.Select(item => item.Fenced));

    /// <summary>The prose, fenced and labelled; empty where there is none.</summary>
    public string FencedProse => Prose.Length == 0 ? "" : Fence.Data(ProseLabel, Prose);

    /// <summary>All of it, for a prompt.</summary>
    public string Text => Prose.Length == 0 ? FencedItems : FencedItems + "\n" + FencedProse;
}
