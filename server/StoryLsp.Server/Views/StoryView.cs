using Humanizer;
using StoryLsp.Features.Navigation;
using StoryLsp.Features.Overviews;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;
using Position = StoryLsp.Protocol.Position;

namespace StoryLsp.Server.Views;

/// <summary>A story as one request about the whole of it sees it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Story">The story.</param>
/// <param name="Snapshot">It at the moment of the request.</param>
/// <param name="Place">The document that the request names; null where it names another thing, as a folder.</param>
internal sealed record StoryView(EditorSession Session, StoryFolder Story, Snapshot Snapshot, Place? Place)
{
    private static readonly string[] Pages = ["scene", "chapter"];

    public static async Task<StoryView> OfAsync(EditorSession session, StoryFolder story, string? uri) => await session.Queue.Ask(() =>
    {
        var place = uri is null ? null : session.Locate(uri);
        return new StoryView(session, story, place?.Snapshot ?? story.Workspace.Current, place);
    }).ConfigureAwait(false);

    public string IdOf(Container container) => Snapshot.IdOf(container);

    public string UriOf(string path) => Session.UriOf(Story.AbsolutePath(path));

    /// <summary>The range of the text that names a container.</summary>
    public LspRange RangeOf(Container container) => RangeOf(container.Path, Definitions.LocationOf(container).SelectionSpan);

    public LspRange RangeOf(string path, TextSpan span) => Positions.Kept(Snapshot, path, span, Session.Client.Encoding);

    public ThingJson Thing(Container container) => new(IdOf(container), StoryBible.NameOf(container), container.Type);

    /// <summary>The container of an id or name.</summary>
    /// <exception cref="ResponseErrorException">There is none, or there are several.</exception>
    public Container Find(string name)
    {
        var found = Snapshot.Resolve(name, null);
        return found.Container ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, found.Kind == ResolutionKind.Ambiguous
            ? $"`{name}` may mean {found.Candidates.Select(Snapshot.IdOf).Humanize("or")}. Name one of them by its id."
            : $"Nothing in this story has the id or name `{name}`.");
    }

    /// <summary>The scene or event of an id or name, else the one at a position.</summary>
    /// <exception cref="ResponseErrorException">There is none.</exception>
    public Container SceneOf(string? name, Position? position)
    {
        var found = name is not null ? ViewSubjects.Scene(Snapshot, name) : Place is { } place ? ViewSubjects.SceneAt(Snapshot, place.Path, position is { } at ? place.OffsetOf(at) : 0) : null;
        return found ?? throw new ResponseErrorException(
            LSPErrorCodes.RequestFailed, name is null ? "Put the cursor into a scene: the facts are those of the moment when it begins." : $"There is no one scene or event that is called `{name}`.");
    }

    /// <summary>The scene or chapter at a position; without one, the only one of the document.</summary>
    public Container? PageAt(Position? position)
    {
        if (Place is not { } place)
        {
            return null;
        }

        var pages = Snapshot.ContainersIn(place.Path).Where(container => Array.Exists(Pages, type => Snapshot.Schemas.IsKindOf(container.Type, type))).ToList();
        if (position is not { } at)
        {
            return pages is [var only] ? only : null;
        }

        var offset = place.OffsetOf(at);
        return pages.Where(page => page.Fact.Span.Start <= offset && offset <= page.Fact.Span.End).MinBy(page => page.Fact.Span.Length);
    }
}
