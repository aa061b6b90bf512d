using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>The params of <c>storylsp/appearances</c>.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Position">A place in it.</param>
internal sealed record AppearancesParams(string Uri, Position Position);

/// <summary>What <c>storylsp/appearances</c> answers.</summary>
/// <param name="Things">What stands at the place; several where the name is ambiguous, none where nothing does.</param>
/// <param name="Defined">Where it calls itself.</param>
/// <param name="Present">The places of the scenes and events that it is in.</param>
/// <param name="Mentioned">All other places.</param>
internal sealed record AppearancesAnswer(
    IReadOnlyList<ThingJson> Things, IReadOnlyList<AppearanceJson> Defined, IReadOnlyList<AppearanceJson> Present, IReadOnlyList<AppearanceJson> Mentioned)
{
    /// <summary>Nothing stands at the place.</summary>
    public static AppearancesAnswer None { get; } = new([], [], [], []);
}

/// <summary>A container.</summary>
internal sealed record ThingJson(string Id, string Name, string Type);

/// <summary>A place that speaks of a container.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Range">The narrowest text.</param>
/// <param name="In">The container that it stands in; null without.</param>
internal sealed record AppearanceJson(string Uri, LspRange Range, ThingJson? In);
