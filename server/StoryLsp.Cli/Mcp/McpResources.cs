using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;
using StoryLsp.Features.Overviews;
using StoryLsp.Index;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>The manuscript and its scenes, as resources: <c>story://manuscript</c>, <c>story://scene/ID</c>, <c>story://container/ID</c>.</summary>
internal static class McpResources
{
    private const string Manuscript = "story://manuscript";
    private const string SceneStart = "story://scene/";
    private const string ContainerStart = "story://container/";
    private const string Markdown = "text/markdown";
    private const int PageSize = 200;

    /// <summary>The templates.</summary>
    public static ListResourceTemplatesResult Templates { get; } = new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate { Name = "scene", Title = "A scene", UriTemplate = SceneStart + "{id}", MimeType = Markdown, Description = "A scene of the manuscript: its attributes and its text, without what is secret there." },
            new ResourceTemplate { Name = "container", Title = "A character, place or thing", UriTemplate = ContainerStart + "{id}", MimeType = Markdown, Description = "What the story says of it before its first scene, without what is secret." },
        ],
    };

    /// <summary>The manuscript, then its scenes in the order of reading, a page at a time.</summary>
    public static ListResourcesResult List(McpCall call, string? cursor)
    {
        var start = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 0;
        var reading = call.Everything;
        var scenes = call.Snapshot.Narrative.Scenes(call.Snapshot).ToList();
        var result = new ListResourcesResult { Resources = [], NextCursor = start + PageSize < scenes.Count ? (start + PageSize).ToString(CultureInfo.InvariantCulture) : null };
        if (start == 0)
        {
            result.Resources.Add(new Resource { Name = "manuscript", Title = "The manuscript", Uri = Manuscript, MimeType = Markdown, Description = "Parts, chapters and scenes in the order of reading, with their words." });
        }

        foreach (var scene in scenes.Skip(start).Take(PageSize).Where(reading.MayName))
        {
            result.Resources.Add(new Resource { Name = reading.IdOf(scene), Title = reading.NameOf(scene), Uri = SceneStart + Uri.EscapeDataString(reading.IdOf(scene)), MimeType = Markdown });
        }

        return result;
    }

    /// <summary>The text of a resource.</summary>
    /// <exception cref="McpFailure">There is none of that address.</exception>
    public static McpAnswer Read(McpCall call, string uri)
    {
        if (uri == Manuscript)
        {
            return Outline(call);
        }

        var start = uri.StartsWith(SceneStart, StringComparison.Ordinal) ? SceneStart : uri.StartsWith(ContainerStart, StringComparison.Ordinal) ? ContainerStart
            : throw new McpFailure($"There is no such resource. There are {Manuscript}, {SceneStart}ID and {ContainerStart}ID.");
        return ReadContainerTool.Read(call.Snapshot, Uri.UnescapeDataString(uri[start.Length..]), null);
    }

    private static McpAnswer Outline(McpCall call)
    {
        var reading = call.Everything;
        var outline = ManuscriptOutline.Of(call.Snapshot, call.Cancellation);
        var title = call.Snapshot.Settings.Title is { Length: > 0 } named ? named : "The manuscript";
        var text = new StringBuilder($"# {title}\n\n{outline.Words.ToString("N0", CultureInfo.InvariantCulture)} words\n\n");
        Append(text, outline.Entries, "", reading);
        return new(text.ToString(), reading);
    }

    private static void Append(StringBuilder text, IReadOnlyList<ManuscriptEntry> entries, string indent, ModelReading reading)
    {
        foreach (var entry in entries)
        {
            var isKept = entry.Container is { } container && !reading.MayName(container);
            var name = isKept ? reading.NameOf(entry.Container!) : entry.Name;
            var id = entry.Container is { } own && !isKept ? $" ({reading.IdOf(own)})" : "";
            text.Append(CultureInfo.InvariantCulture, $"{indent}- {entry.Kind.ToString().ToLowerInvariant()} {name}{id}, {entry.Words:N0} words{(entry.Status is { } status ? ", " + status : "")}\n");
            Append(text, entry.Children, indent + "  ", reading);
        }
    }
}
