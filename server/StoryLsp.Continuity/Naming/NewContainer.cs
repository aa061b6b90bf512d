using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Naming;

/// <summary>Where a container that is only named so far is to be written, and how.</summary>
internal static class NewContainer
{
    /// <summary>The file that makes a reference or link resolve; null where the text is no name for a file.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="document">The document that names it.</param>
    /// <param name="text">The id or name, or the target of a wikilink.</param>
    /// <param name="type">The type wanted; null: a note.</param>
    /// <param name="isLink">Whether a wikilink names it, which finds a file by its name.</param>
    public static FileCreation? For(Snapshot snapshot, Document document, string text, string? type, bool isLink)
    {
        var target = text.Split('#')[0].Trim();
        var wanted = type is null || type == "entity" ? SchemaSet.Note : type;
        var siblings = Siblings(snapshot, wanted);
        var extension = isLink || wanted == SchemaSet.Note ? ".md" : ExtensionOf(siblings, document);
        var slash = target.LastIndexOf('/');
        var stem = FileName(target[(slash + 1)..], extension);
        if (stem.Length == 0)
        {
            return null;
        }

        var folder = slash > 0 && isLink ? FileSet.Combine("", target[..slash]) : FolderOf(snapshot, siblings, wanted, document);
        var path = string.IsNullOrEmpty(folder) ? stem + extension : $"{folder}/{stem}{extension}";
        return folder is null || snapshot.Files.Find(path) is not null ? null : new(path, Content(snapshot, path, target[(slash + 1)..], wanted, extension));
    }

    private static List<Container> Siblings(Snapshot snapshot, string type) =>
        [.. snapshot.ContainersOf(type).Where(container => container.Type == type && container.Fact is { Index: 0, Origin: ContainerOrigin.MarkdownFile or ContainerOrigin.YamlDocument })];

    private static string ExtensionOf(List<Container> siblings, Document document)
    {
        var most = siblings.GroupBy(sibling => System.IO.Path.GetExtension(sibling.Path)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault();
        return most?.Key ?? (document.Markdown is null ? ".yaml" : ".md");
    }

    private static string FolderOf(Snapshot snapshot, List<Container> siblings, string type, Document document)
    {
        var most = siblings.GroupBy(sibling => FileSet.FolderOf(sibling.Path)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault();
        if (type == SchemaSet.Note)
        {
            // A note is found wherever it is; the folder beside the one who links it may be one of another type.
            return snapshot.Schemas.TypeOfFolder(document.Path, snapshot.Settings.Folders) is null ? FileSet.FolderOf(document.Path) : most?.Key ?? "";
        }

        var ofSettings = snapshot.Settings.Folders.FirstOrDefault(folder => folder.Value.Equals(type, StringComparison.OrdinalIgnoreCase)).Key;
        return most?.Key ?? ofSettings ?? SchemaSet.Plural(type);
    }

    // A slug stays one; a name loses what file systems forbid.
    private static string FileName(string name, string extension)
    {
        var clean = new string([.. name.Where(unit => !char.IsControl(unit) && !"\\/:*?\"<>|#^[]".Contains(unit))]).Trim(' ', '.');
        return extension == ".md" ? clean : Slug.Of(clean);
    }

    private static string Content(Snapshot snapshot, string path, string name, string type, string extension)
    {
        var ofFolder = snapshot.Schemas.TypeOfFolder(path, snapshot.Settings.Folders) ?? SchemaSet.Note;
        var derives = ofFolder == type && (extension == ".md" || snapshot.Settings.Exists);
        var isId = name.Length > 0 && Slug.Of(name) == name;
        // A daily note is called by its date.
        var shown = isId && !name.Any(char.IsAsciiDigit) ? Humanized(name) : name;
        var lines = new List<string>();
        if (!derives)
        {
            lines.Add($"type: {YamlText.Scalar(type)}");
        }

        if (isId && extension != ".md")
        {
            lines.Add($"id: {YamlText.Scalar(name)}");
        }

        if (extension != ".md")
        {
            lines.Add($"name: {YamlText.Scalar(shown)}");
            return string.Join('\n', lines) + "\n";
        }

        var front = lines.Count == 0 ? "" : $"---\n{string.Join('\n', lines)}\n---\n\n";
        return $"{front}# {shown}\n";
    }

    private static string Humanized(string id)
    {
        var words = id.Split('-', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? id : string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
