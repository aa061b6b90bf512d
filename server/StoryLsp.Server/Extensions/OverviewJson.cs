using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>What <c>storylsp/bible</c> answers.</summary>
internal sealed record BibleAnswer(IReadOnlyList<BibleTypeJson> Types);

/// <summary>The containers of a type.</summary>
internal sealed record BibleTypeJson(string Type, string Title, IReadOnlyList<BibleEntryJson> Containers);

/// <summary>A container of the bible; the range is that of its name.</summary>
internal sealed record BibleEntryJson(string Id, string Name, string Type, string Uri, LspRange Range, string? Color, string? Detail);

/// <summary>What <c>storylsp/manuscript</c> answers.</summary>
internal sealed record ManuscriptAnswer(long Words, long? Target, IReadOnlyList<ManuscriptEntryJson> Entries);

/// <summary>A part, chapter or scene; errors and warnings are absent until they are counted.</summary>
internal sealed record ManuscriptEntryJson(
    string Kind, string? Id, string Name, string Uri, LspRange Range, long Words, long? Target, string? Status, int? Errors, int? Warnings, IReadOnlyList<ManuscriptEntryJson>? Children);

/// <summary>What <c>storylsp/timeline</c> answers.</summary>
internal sealed record TimelineAnswer(IReadOnlyList<TimelineEntryJson> Entries, string Mermaid);

/// <summary>A scene or event. Times are minutes on the axis of the story's calendar.</summary>
internal sealed record TimelineEntryJson(
    string Id, string Name, string Type, string Uri, LspRange Range, long? Start, long? End, string Label, string? Day, string? Strand, string? Told, int? Order,
    ThingJson? Location, IReadOnlyList<ThingJson>? Characters);

/// <summary>The params of <c>storylsp/graph</c>.</summary>
internal sealed record GraphParams
{
    public string? Uri { get; init; }

    public string? Of { get; init; }

    public int? Depth { get; init; }
}

/// <summary>What <c>storylsp/graph</c> answers.</summary>
internal sealed record GraphAnswer(IReadOnlyList<GraphNodeJson> Nodes, IReadOnlyList<GraphEdgeJson> Edges, string Mermaid);

/// <summary>A container of the graph.</summary>
internal sealed record GraphNodeJson(string Id, string Name, string Type, string Uri, LspRange Range, string? Color);

/// <summary>A tie. One that is written has its place; scenes that two share have their number.</summary>
internal sealed record GraphEdgeJson(string From, string To, string Label, int? Scenes, string? Uri, LspRange? Range);

/// <summary>The params of <c>storylsp/facts</c>.</summary>
internal sealed record FactsParams
{
    public string? Uri { get; init; }

    public Position? Position { get; init; }

    public string? Scene { get; init; }

    public string? Who { get; init; }
}

/// <summary>The params of <c>storylsp/status</c>.</summary>
internal sealed record StatusParams
{
    public string? Uri { get; init; }

    public Position? Position { get; init; }
}

/// <summary>What <c>storylsp/status</c> answers; what is counted is absent until the story is read.</summary>
internal sealed record StatusAnswer(long? Words, long? Target, StatusScene? Scene, int? Errors, int? Warnings, StatusIndex Index, StatusAi Ai);

/// <summary>The scene or chapter that a person is in.</summary>
internal sealed record StatusScene(string Id, string Name, long Words, long? Target);

/// <summary>How far the index is: <c>indexing</c> or <c>ready</c>.</summary>
internal sealed record StatusIndex(string State, int Files);

/// <summary>Whether models may be asked, which, and how many runs are under way or wait.</summary>
internal sealed record StatusAi(bool Enabled, string Provider, string? Model, int Runs);

/// <summary>The params of <c>storylsp/export</c>.</summary>
internal sealed record ExportParams
{
    public string? Uri { get; init; }

    public string? Format { get; init; }

    public string? Of { get; init; }

    public int? Depth { get; init; }
}

/// <summary>What <c>storylsp/export</c> answers.</summary>
internal sealed record ExportAnswer(string Text);

/// <summary>The params of <c>storylsp/changed</c>.</summary>
internal sealed record ChangedNews(string Uri);
