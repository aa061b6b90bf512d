using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Places;

/// <summary>What stands at an offset.</summary>
/// <param name="Span">Where it stands, in UTF-16 code units.</param>
internal abstract record Place(TextSpan Span);

/// <summary>The value of a reference field.</summary>
internal sealed record ReferencePlace(ReferenceFact Reference) : Place(Reference.Span);

/// <summary>A link, and whether the offset is in its anchor.</summary>
internal sealed record LinkPlace(TextSpan Span, LinkFact Link, bool InAnchor) : Place(Span);

/// <summary>The id, name, alias or heading by which a container calls itself.</summary>
internal sealed record OwnNamePlace(TextSpan Span, Container Container) : Place(Span);

/// <summary>A heading of a Markdown file that names no container.</summary>
internal sealed record HeadingPlace(HeadingFact Heading) : Place(Heading.TextSpan);

/// <summary>A key.</summary>
/// <param name="Span">The key.</param>
/// <param name="Key">As written.</param>
/// <param name="Field">The field that it means.</param>
/// <param name="Schema">The schema that the field belongs to, or null.</param>
/// <param name="Path">The names of the fields that lead to it, itself last.</param>
internal sealed record FieldPlace(TextSpan Span, string Key, FieldSchema Field, Schema? Schema, IReadOnlyList<string> Path) : Place(Span);

/// <summary>A word that is written with a fixed meaning: a value of an enum, a key of the settings.</summary>
internal sealed record WordPlace(TextSpan Span, string Word, string? Description, FieldSchema? Field, Schema? Schema) : Place(Span);

/// <summary>The name of a type.</summary>
internal sealed record TypePlace(TextSpan Span, Schema Schema) : Place(Span);

/// <summary>A date or a length of time in a field.</summary>
internal sealed record TimePlace(TextSpan Span, YamlScalar Value, FieldSchema Field, Schema? Schema) : Place(Span);

/// <summary>An exact name or alias in prose or in a value.</summary>
internal sealed record NamePlace(TextSpan Span, string Name, IReadOnlyList<Container> Containers) : Place(Span);
