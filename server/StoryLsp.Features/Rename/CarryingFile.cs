using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>The file that carries the name or id of the container which it is, and takes the new one.</summary>
internal static class CarryingFile
{
    /// <summary>Whether the container is the whole file.</summary>
    public static bool IsFileItself(ContainerFact fact) =>
        fact is { Index: 0, Origin: ContainerOrigin.MarkdownFile or ContainerOrigin.YamlDocument or ContainerOrigin.FountainScript };

    /// <summary>From where to where the file moves; null where it does not carry the name, or cannot carry the new one.</summary>
    public static (string From, string To)? MoveOf(Snapshot snapshot, Container container, string old, string name)
    {
        if (!IsFileItself(container.Fact) || NewStem(snapshot, container, old, name) is not { Length: > 0 } stem)
        {
            return null;
        }

        return IsFileName(stem) ? MoveTo(snapshot, container, stem) : null;
    }

    /// <summary>From where to where the file moves when it takes another stem; null where another file is there, or it is called so already.</summary>
    public static (string From, string To)? MoveTo(Snapshot snapshot, Container container, string stem)
    {
        var folder = FileSet.FolderOf(container.Path);
        var to = (folder.Length == 0 ? "" : folder + "/") + stem + System.IO.Path.GetExtension(container.Path);
        var isPossible = to != container.Path && (snapshot.Files.Find(to) is not { } there || there == container.Path);
        return isPossible ? (container.Path, to) : null;
    }

    /// <summary>Whether a file may be called so on every system.</summary>
    public static bool IsFileName(string stem) => !stem.AsSpan().ContainsAny("\\/:*?\"<>|") && !stem.StartsWith('.') && !stem.EndsWith('.');

    /// <summary>Whether the container is a file whose name is another word than the container's.</summary>
    public static bool IsOtherWord(Snapshot snapshot, Container container) =>
        IsFileItself(container.Fact) && NewStem(snapshot, container, container.Name, container.Name) is null;

    /// <summary>An id or a stem that is the name, or a part of it, as the new name makes it, with the same signs between its words; null: it is another word.</summary>
    public static string? InMannerOf(string id, RenamedForms forms)
    {
        var separator = id.Contains('_', StringComparison.Ordinal) ? '_' : '-';
        if (id.Contains(' ', StringComparison.Ordinal) || (forms.For(id.Replace(separator, ' ')) ?? forms.ForSlug(Slug.Of(id))) is not { } now)
        {
            return null;
        }

        var slug = Slug.Of(now).Replace('-', separator);
        var result = id.Any(char.IsUpper) ? string.Join(separator, now.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => Slug.Of(word).Length > 0)) : slug;
        return slug.Length > 0 ? result : null;
    }

    /// <summary>Whether nothing else is called so.</summary>
    public static bool IsFree(Snapshot snapshot, Container container, string id) =>
        snapshot.Named(id).All(named => named.Container.IsSameAs(container) || named.Rank is NameRank.Path || !IsSameWorld(snapshot, container, named.Container));

    /// <summary>Whether two things are of one story: without a <c>story.yaml</c> each file of data may be a world of its own.</summary>
    public static bool IsSameWorld(Snapshot snapshot, Container container, Container other) =>
        snapshot.Settings.Exists || other.Path == container.Path || IsFileItself(other.Fact);

    private static string? NewStem(Snapshot snapshot, Container container, string old, string name)
    {
        var stem = FileSet.StemOf(container.Path);
        if (NameKey.Of(stem) == NameKey.Of(old))
        {
            return stem == old || stem != Slug.Of(old) ? WrittenTargets.InCaseOf(stem, old, name) : Slug.Of(name);
        }

        if (stem == Slug.Of(old))
        {
            return Slug.Of(name);
        }

        if (InMannerOf(stem, RenamedForms.Of(old, name, snapshot.Schemas.IsKindOf(container.Type, "character"))) is { } form)
        {
            return form;
        }

        return container.Fact.NameSpan is null && container.Fact.Name == old ? stem.All(unit => !char.IsUpper(unit) && unit != ' ') ? Slug.Of(name) : name : null;
    }
}
