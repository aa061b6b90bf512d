using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Facts;

/// <summary>How a container is written.</summary>
public enum ContainerOrigin
{
    /// <summary>A YAML document whose root is a mapping.</summary>
    YamlDocument,

    /// <summary>An entry of a list field whose schema says <c>container</c>.</summary>
    Embedded,

    /// <summary>An entry of a collection in a bigger file (section 8 of the format).</summary>
    Collection,

    /// <summary>A Markdown file.</summary>
    MarkdownFile,

    /// <summary>A Markdown heading followed by a <c>story</c> fence.</summary>
    Heading,

    /// <summary>The script that a Fountain file is: its title page.</summary>
    FountainScript,

    /// <summary>A scene heading of a Fountain file.</summary>
    FountainScene,
}

/// <summary>A name with its place.</summary>
/// <param name="Text">The name, without quotes or brackets.</param>
/// <param name="Span">Where it stands.</param>
public sealed record NameFact(string Text, TextSpan Span);

/// <summary>Everything that has an identity: a character, a place, a scene, a clue.</summary>
public sealed class ContainerFact
{
    /// <summary>Index in <see cref="DocumentFacts.Containers"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Index of the container that this one is embedded in, or -1.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>How it is written.</summary>
    public required ContainerOrigin Origin { get; init; }

    /// <summary>The type's name: a schema's name in its own spelling, or, when no schema has that name, as written.</summary>
    public required string Type { get; init; }

    /// <summary>The value of a written <c>type</c>; null when the type was derived.</summary>
    public TextSpan? TypeSpan { get; init; }

    /// <summary>The id, written or derived. Derived ids may collide; see the snapshot's <c>IdOf</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The value of a written id; null when derived.</summary>
    public TextSpan? IdSpan { get; init; }

    /// <summary>Whether the id is written.</summary>
    public bool IdIsWritten => IdSpan is not null;

    /// <summary>The name, written or derived.</summary>
    public required string Name { get; init; }

    /// <summary>The written name, title or heading; null when derived from the file's stem.</summary>
    public TextSpan? NameSpan { get; init; }

    /// <summary>Other names.</summary>
    public IReadOnlyList<NameFact> Aliases { get; init; } = [];

    /// <summary>The whole container.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>What an editor selects when it goes to the definition: the name, the id, the heading or the first key.</summary>
    public required TextSpan SelectionSpan { get; init; }

    /// <summary>The attributes in the order written. Embedded containers are not repeated here as containers, their values are.</summary>
    public IReadOnlyList<FieldFact> Fields { get; init; } = [];

    /// <summary>The first field of that canonical name, or null.</summary>
    public FieldFact? Field(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }
}

/// <summary>One attribute of a container.</summary>
/// <param name="Name">The schema's name of the field (synonyms, case and the settings' own names resolved); as written where unknown.</param>
/// <param name="KeySpan">The key.</param>
/// <param name="Value">The value, with its spans.</param>
/// <param name="Known">Whether the schema knows the field.</param>
public sealed record FieldFact(string Name, TextSpan KeySpan, YamlNode Value, bool Known);

/// <summary>The value of a reference field, one for each item of a list.</summary>
/// <param name="Container">Index of the container in whose attributes it stands; -1 in the settings.</param>
/// <param name="Field">Canonical path of the field, as <c>pov</c>, <c>characters</c> or <c>routes.to</c>.</param>
/// <param name="Text">What is to be resolved: an id, a name, an alias or a wikilink's target.</param>
/// <param name="Span">The narrowest text: inside quotes and brackets.</param>
/// <param name="Target">The type that the field takes; null takes any.</param>
/// <param name="IsLink">Whether it is written as a wikilink.</param>
public sealed record ReferenceFact(int Container, string Field, string Text, TextSpan Span, string? Target, bool IsLink)
{
    /// <summary>The field of the settings that lists the scenes in the order of reading; a chapter or a file may stand there for its scenes.</summary>
    public const string Manuscript = "manuscript";

    /// <summary>Whether it stands where plain words may stand as well, so that it is no fault if it names nothing.</summary>
    public bool MayBeWord { get; init; }

    /// <summary>Whether it stands in the manuscript of the settings.</summary>
    public bool IsInManuscript => Container < 0 && Field == Manuscript;
}

/// <summary>The kinds of links.</summary>
public enum LinkKind
{
    /// <summary><c>[[target]]</c></summary>
    Wikilink,

    /// <summary><c>![[target]]</c></summary>
    Embed,

    /// <summary><c>[shown](relative/path.md#heading)</c></summary>
    Markdown,

    /// <summary><c>![shown](picture.png)</c></summary>
    Image,
}

/// <summary>A link in prose or in front matter.</summary>
public sealed class LinkFact
{
    /// <summary>What kind of link.</summary>
    public required LinkKind Kind { get; init; }

    /// <summary>Index of the container that owns the text, or -1.</summary>
    public required int Container { get; init; }

    /// <summary>The decoded target without anchor; empty for <c>[[#heading]]</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The decoded heading behind <c>#</c>, or the block behind <c>#^</c> with its caret; null without.</summary>
    public string? Anchor { get; init; }

    /// <summary>The text shown, where it is written; null without.</summary>
    public string? Shown { get; init; }

    /// <summary>The whole link with its brackets.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The target as written.</summary>
    public required TextSpan TargetSpan { get; init; }

    /// <summary>The anchor as written, without <c>#</c>.</summary>
    public TextSpan AnchorSpan { get; init; }

    /// <summary>The shown text.</summary>
    public TextSpan ShownSpan { get; init; }
}
