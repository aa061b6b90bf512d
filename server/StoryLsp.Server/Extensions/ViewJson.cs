using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>The argument of <c>storylsp.view</c>.</summary>
internal sealed record ViewArguments
{
    public string? Page { get; init; }

    public string? Uri { get; init; }

    public string? Container { get; init; }

    public Position? Position { get; init; }
}

/// <summary>What <c>storylsp.view</c> answers.</summary>
internal sealed record ViewAnswer(string Uri, bool Shown);
