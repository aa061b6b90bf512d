using StoryLsp.Features.Navigation;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>Renames containers: their ids, names and aliases, with everything that refers to them.</summary>
public static class Renames
{
    /// <summary>What may be renamed at an offset; null where there is nothing, or several things.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static RenameTarget? Prepare(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Find(snapshot, path, offset) is { } found ? new(found.Span, found.Old) : null;
    }

    /// <summary>The changes that give what stands at an offset another name.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="newName">The name, id or alias in the place of the one that <see cref="Prepare"/> gives.</param>
    /// <param name="movesFiles">Whether a file that carries the name may take the new one.</param>
    /// <param name="cancel">Gives up.</param>
    public static RenameResult At(Snapshot snapshot, string path, int offset, string newName, bool movesFiles, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Find(snapshot, path, offset) is not { } found)
        {
            return RenameResult.Refused("There is nothing here that has a name of its own.");
        }

        var name = newName.Trim();
        if (RefusalOf(snapshot, found, name) is { } refusal)
        {
            return RenameResult.Refused(refusal);
        }

        if (name == found.Old)
        {
            return new([], null, null);
        }

        var work = new RenameWork(snapshot, found.Container, cancel);
        return found.Heading is { } heading ? work.RunHeading(heading, name) : found.Sort == RenameSort.File ? work.RunFile(found.Old, name, movesFiles) : work.Run(found.Sort, found.Old, name, movesFiles);
    }

    private static Renamed? Find(Snapshot snapshot, string path, int offset)
    {
        if (snapshot.Document(path) is not { } document)
        {
            return null;
        }

        var place = PlaceReader.At(snapshot, document, offset);
        if (HeadingAt(snapshot, document, place) is { } heading)
        {
            return heading;
        }

        if (Things.At(snapshot, document, place, offset) is not [var container])
        {
            return null;
        }

        return place switch
        {
            ReferencePlace reference => OfFile(snapshot, container, reference.Span, reference.Reference.Text) ?? OfText(container, reference.Span, reference.Reference.Text),
            LinkPlace link => OfFile(snapshot, container, link.Span, link.Link.Target) ?? OfText(container, link.Span, link.Link.Target),
            OwnNamePlace own => OfOwn(container, document, own.Span),
            // A line of an effect holds ids, prose and scripts hold names.
            NamePlace mention => OfText(container, mention.Span, mention.Name, mayBeId: document.Fountain is null && !document.Facts.Prose.Any(prose => prose.Span.Contains(mention.Span))),
            null => new(container, container.Fact.SelectionSpan, RenameSort.Name, container.Name),
            _ => null,
        };
    }

    private static Renamed OfOwn(Container container, Document document, TextSpan span) =>
        span == container.Fact.IdSpan ? new(container, span, RenameSort.Id, container.Fact.Id) : OfText(container, span, document.Text.Slice(span));

    // What leads to a page by its file's name stands for the file, where that is another word than the page's name.
    private static Renamed? OfFile(Snapshot snapshot, Container container, TextSpan span, string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var key = NameKey.Of((hash < 0 ? text : text[..hash]).Split('/', '\\')[^1]);
        var stem = FileSet.StemOf(container.Path);
        var isFile = key == NameKey.Of(stem) || key == NameKey.Of(container.Path.Split('/')[^1]);
        return isFile && key != NameKey.Of(container.Name) && !(container.Fact.IdIsWritten && key == NameKey.Of(container.Fact.Id)) &&
            !container.Fact.Aliases.Any(alias => NameKey.Of(alias.Text) == key) && CarryingFile.IsOtherWord(snapshot, container)
            ? new(container, span, RenameSort.File, stem)
            : null;
    }

    // The id only where it is the id that stands there, an alias likewise; whatever else means the container stands for its name.
    private static Renamed OfText(Container container, TextSpan span, string text, bool mayBeId = true)
    {
        var key = NameKey.Of(text);
        if (key != NameKey.Of(container.Name))
        {
            if (mayBeId && container.Fact.IdIsWritten && key == NameKey.Of(container.Fact.Id))
            {
                return new(container, span, RenameSort.Id, container.Fact.Id);
            }

            if (container.Fact.Aliases.FirstOrDefault(alias => NameKey.Of(alias.Text) == key) is { } alias)
            {
                return new(container, span, RenameSort.Alias, alias.Text);
            }
        }

        // What has no name is called by its id.
        return container.Fact is { NameSpan: null, IdIsWritten: true } nameless && nameless.Name == nameless.Id
            ? new(container, span, RenameSort.Id, nameless.Id)
            : new(container, span, RenameSort.Name, container.Name);
    }

    // A heading that names nothing, where it stands or in a link to it.
    private static Renamed? HeadingAt(Snapshot snapshot, Document document, Place? place)
    {
        var (heading, path, span) = place switch
        {
            HeadingPlace here => (here.Heading, document.Path, here.Span),
            LinkPlace { InAnchor: true } link when snapshot.ResolveLink(link.Link, document.Path) is { Heading: { } there, Path: { } page } => (there, page, link.Span),
            _ => default,
        };
        if (heading is null)
        {
            return null;
        }

        var named = snapshot.ContainersIn(path).FirstOrDefault(container =>
            container.Fact.NameSpan == heading.TextSpan || (container.Fact.Origin == ContainerOrigin.Heading && container.Fact.Span.Start == heading.Span.Start));
        return named is not null ? new(named, span, RenameSort.Name, named.Name)
            : snapshot.ContainersIn(path) is [var owner, ..] ? new(owner, span, RenameSort.Heading, heading.Text) { Heading = heading }
            : null;
    }

    private static string? RefusalOf(Snapshot snapshot, Renamed found, string name)
    {
        if (name.Length == 0 || name.Any(char.IsControl) || name.AsSpan().ContainsAny("[]|#^"))
        {
            return "A name is one line, without the signs of links: [ ] | # ^";
        }

        if (found.Sort == RenameSort.Heading)
        {
            return null;
        }

        if (Slug.Of(name).Length == 0)
        {
            return "A name has a letter or a digit, by which it can be found.";
        }

        if (found.Sort == RenameSort.Id && name.Any(char.IsWhiteSpace))
        {
            return "An id has no spaces.";
        }

        if (found.Sort == RenameSort.File && !CarryingFile.IsFileName(name))
        {
            return "A file's name is without these signs, and has no full stop at its ends: \\ / : * ? \" < > |";
        }

        var other = snapshot.Named(name).FirstOrDefault(named => !named.Container.IsSameAs(found.Container) && CarryingFile.IsSameWorld(snapshot, found.Container, named.Container) && IsTaken(snapshot, found, named.Container, named.Rank)).Container;
        return other is null ? null : $"{other.Name} in {other.Path} is called so already.";
    }

    // Two people of one name are confused; two chapters may be, and a scene may be called as its place is. Written ids are for all.
    private static bool IsTaken(Snapshot snapshot, Renamed found, Container other, NameRank rank) =>
        found.Sort is RenameSort.Id or RenameSort.File ? rank is NameRank.WrittenId or NameRank.DerivedId
            : rank is NameRank.WrittenId or NameRank.ExactName or NameRank.OtherCase && snapshot.Mentions.IsNamed(found.Container) &&
                (snapshot.Schemas.IsKindOf(other.Type, found.Container.Type) || snapshot.Schemas.IsKindOf(found.Container.Type, other.Type));

    /// <summary>What is renamed.</summary>
    private sealed record Renamed(Container Container, TextSpan Span, RenameSort Sort, string Old)
    {
        /// <summary>The heading, where it names no container; the container is its page then.</summary>
        public HeadingFact? Heading { get; init; }
    }
}

/// <summary>Which of a container's names is renamed.</summary>
internal enum RenameSort
{
    /// <summary>The written id.</summary>
    Id,

    /// <summary>The name.</summary>
    Name,

    /// <summary>The name of the file that it is, where that is another word.</summary>
    File,

    /// <summary>An alias.</summary>
    Alias,

    /// <summary>A heading that names no container.</summary>
    Heading,
}
