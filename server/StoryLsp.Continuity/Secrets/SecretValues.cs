using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Secrets;

/// <summary>A value that no model may read.</summary>
/// <param name="Words">Its words, folded.</param>
/// <param name="What">What it is, as <c>`trick` of Madder Red</c>.</param>
/// <param name="Path">Workspace-relative path of its document.</param>
/// <param name="Span">Where it stands, in UTF-16 code units.</param>
internal sealed record SecretValue(IReadOnlyList<string> Words, string What, string Path, TextSpan Span);

/// <summary>
/// All values of a story that a schema calls secret. A reference is none: that somebody did it is a secret, their name is not. Nor is an
/// option or a yes, which say nothing without their field, nor what is also a name in the story.
/// </summary>
internal sealed class SecretValues
{
    private const int DeepestNesting = 32;
    private const int FewestLetters = 4;

    private readonly object _edition;
    private readonly Snapshot _snapshot;
    private readonly List<SecretValue> _values = [];
    private readonly HashSet<YamlNode> _seen = [];

    private SecretValues(StoryWorld world)
    {
        _edition = world.Edition;
        _snapshot = world.Snapshot;
        foreach (var facts in _snapshot.Documents.Where(facts => !PromptSecrets.IsPrompt(facts.Path)))
        {
            foreach (var container in facts.Containers)
            {
                foreach (var field in container.Fields)
                {
                    if (_snapshot.Schemas.Find(container.Type)?.FindField(field.Name) is { } schema)
                    {
                        Look(facts, container, schema, schema.Name, field.Value, false, 0);
                    }
                }
            }
        }
    }

    /// <summary>The values, in no order.</summary>
    public IReadOnlyList<SecretValue> All => _values;

    /// <summary>The secrets of a story.</summary>
    public static SecretValues Of(StoryWorld world) => world.Snapshot.Derive(
        _ => new SecretValues(world),
        (before, _, touched) => ReferenceEquals(before._edition, world.Edition) && !before.AreIn(touched) ? before : new SecretValues(world));

    // Where a value stands may change while nothing means anything else.
    private bool AreIn(IReadOnlyCollection<string> paths) => _values.Exists(value => paths.Contains(value.Path));

    private void Look(DocumentFacts facts, ContainerFact container, FieldSchema? field, string name, YamlNode node, bool isSecret, int depth)
    {
        isSecret |= field is { Secret: true };
        if (depth > DeepestNesting || node.Resolve() is not { } value || field is { Type: FieldType.Reference or FieldType.Enum or FieldType.Boolean })
        {
            return;
        }

        switch (value)
        {
            case YamlScalar { IsNull: false } scalar when isSecret:
                Add(facts, container, name, scalar);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    Look(facts, container, field?.Of, name, item, isSecret, depth + 1);
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    var key = entry.Key.AsText() ?? "";
                    var inner = field?.Fields.FirstOrDefault(one => one.Name.Equals(key, StringComparison.OrdinalIgnoreCase) || one.Synonyms.Contains(key, StringComparer.OrdinalIgnoreCase));
                    Look(facts, container, inner, key.Length > 0 ? key : name, entry.Value, isSecret, depth + 1);
                }

                break;
        }
    }

    private void Add(DocumentFacts facts, ContainerFact container, string name, YamlScalar scalar)
    {
        var words = PromptWord.Of(scalar.Value).Select(word => word.Folded).ToList();
        if (words.Sum(word => word.Length) >= FewestLetters && scalar.AsBoolean() is null && _seen.Add(scalar) &&
            _snapshot.Resolve(scalar.Value.Trim().Trim('[', ']'), null).Kind == ResolutionKind.Unresolved)
        {
            _values.Add(new(words, $"`{name}` of {container.Name}", facts.Path, scalar.ContentSpan));
        }
    }
}
