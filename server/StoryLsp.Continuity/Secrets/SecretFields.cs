using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Effects;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Secrets;

/// <summary>
/// All values of a story that a schema calls secret. A reference is none: that somebody did it is a secret, their name is not. Nor is an
/// option or a yes, which say nothing without their field, nor what is also a name in the story, unless that name is made of a secret.
/// </summary>
internal sealed class SecretFields
{
    private const int DeepestNesting = 64;

    private readonly object _edition;
    private readonly Snapshot _snapshot;
    private readonly WordSet _small;
    private readonly SecretForms _forms;
    private readonly List<SecretValue> _values = [];
    private readonly HashSet<YamlNode> _seen = [];
    private readonly HashSet<ContainerKey> _named = [];

    private SecretFields(StoryWorld world)
    {
        _edition = world.Edition;
        _snapshot = world.Snapshot;
        _small = SmallWords.Of(_snapshot.Settings.Language);
        _forms = SecretForms.Of(world);
        var documents = _snapshot.Documents.Where(facts => !PromptSecrets.IsPrompt(facts.Path)).Select(facts => (Facts: facts, Parts: SecretParts.Of(_snapshot, facts))).ToList();
        foreach (var (facts, parts) in documents)
        {
            foreach (var container in facts.Containers.Where(container => parts.HidesName(container) || parts.HidesId(container)))
            {
                _named.Add(new(facts.Path, container.Index));
            }
        }

        foreach (var (facts, parts) in documents)
        {
            foreach (var container in facts.Containers)
            {
                Read(facts, container, parts);
            }
        }

        Index = new(_values);
    }

    /// <summary>Finds them.</summary>
    public SecretIndex Index { get; }

    /// <summary>The containers whose name or id is made of a secret.</summary>
    public IReadOnlySet<ContainerKey> Named => _named;

    /// <summary>The secrets of a story.</summary>
    public static SecretFields Of(StoryWorld world) => world.Snapshot.Derive(
        _ => new SecretFields(world),
        (before, _, touched) => ReferenceEquals(before._edition, world.Edition) && !before.AreIn(touched) ? before : new SecretFields(world));

    // Where a value stands may change while nothing means anything else.
    private bool AreIn(IReadOnlyCollection<string> paths) => _values.Exists(value => paths.Contains(value.Place.Path));

    private void Read(DocumentFacts facts, ContainerFact container, SecretParts parts)
    {
        foreach (var field in container.Fields)
        {
            if (_snapshot.Schemas.Find(container.Type)?.FindField(field.Name) is { } schema)
            {
                Look(facts, container, schema, schema.Name, field.Value, parts, 0);
            }
        }

        foreach (var progression in EffectReader.Progressions(container.Field("progressions")?.Value))
        {
            AddChange(facts, container, container.Type, progression.Field, progression.To);
        }

        foreach (var effect in EffectReader.Effects(container.Field("effects")?.Value).Where(effect => effect is { Verb: EffectVerb.Sets, What: not null, To: not null, Who: not null }))
        {
            if (_snapshot.Resolve(effect.Who!.Text, null, facts.Path).Container is { } changed)
            {
                AddChange(facts, container, changed.Type, effect.What!, effect.To!);
            }
        }
    }

    // A new value of a secret field is as secret, wherever it is written.
    private void AddChange(DocumentFacts facts, ContainerFact container, string type, EffectName field, EffectName to)
    {
        if (_snapshot.Schemas.Find(type)?.FindField(field.Text) is { Secret: true } schema)
        {
            Add(facts, container, schema.Name, to.Text, to.Span);
        }
    }

    private void Look(DocumentFacts facts, ContainerFact container, FieldSchema? field, string name, YamlNode node, SecretParts parts, int depth)
    {
        if (depth > DeepestNesting || node.Resolve() is not { } value)
        {
            return;
        }

        switch (value)
        {
            case YamlScalar { IsNull: false } scalar when parts.Covers(scalar.Span) && !IsNoText(field, scalar) && _seen.Add(scalar):
                Add(facts, container, name, scalar.Value, scalar.ContentSpan);
                break;
            case YamlSequence list when _seen.Add(list):
                foreach (var item in list.Items)
                {
                    Look(facts, container, field?.Of, name, item, parts, depth + 1);
                }

                break;
            case YamlMapping mapping when _seen.Add(mapping):
                foreach (var entry in mapping.Entries)
                {
                    var inner = SecretParts.Meanings(field?.Of?.Fields ?? field?.Fields ?? [], entry.Key.AsText()).FirstOrDefault();
                    if (inner is null && IsTelling(entry.Key.AsText()))
                    {
                        Look(facts, container, null, name, entry.Key, parts, depth + 1);
                    }

                    Look(facts, container, inner, inner?.Name ?? name, entry.Value, parts, depth + 1);
                }

                break;
        }
    }

    // A key is a secret where somebody keeps one in it: no plain word is.
    private static bool IsTelling(string? key) =>
        key is not null && PromptWord.Of(key) is var words && (words.Count > 2 || words.Exists(word => word.Stands || (word.Folded.Length > 3 && !WordList.IsEnglish(word.Folded))));

    // A name that is known is no secret, an unknown one may be.
    private bool IsNoText(FieldSchema? field, YamlScalar scalar) => scalar.AsBoolean() is not null || field?.Type switch
    {
        FieldType.Reference => IsKnownName(scalar.Value),
        FieldType.Enum => field!.Options.Contains(scalar.Value.Trim(), StringComparer.OrdinalIgnoreCase),
        FieldType.List when field!.Of is { Type: FieldType.Reference } => IsKnownName(scalar.Value),
        _ => false,
    };

    private bool IsKnownName(string text) => _snapshot.Resolve(text.Trim().Trim('[', ']'), null) is { Kind: not ResolutionKind.Unresolved } found && !found.Candidates.All(one => _named.Contains(one.Key));

    private void Add(DocumentFacts facts, ContainerFact container, string name, string text, TextSpan span)
    {
        if (IsKnownName(text))
        {
            return;
        }

        foreach (var form in _forms.Of(text))
        {
            if (SecretValue.Of(form, _small, $"`{name}` of {NameOf(facts, container)}", $"the secret field `{name}` of {TypeOf(container)}", new(facts.Path, span, "Here it is kept secret.")) is { } value)
            {
                _values.Add(value);
            }
        }
    }

    private string NameOf(DocumentFacts facts, ContainerFact container) => _named.Contains(new(facts.Path, container.Index)) ? TypeOf(container) : container.Name;

    // A type that no schema knows may say anything.
    private string TypeOf(ContainerFact container) => _snapshot.Schemas.Find(container.Type) is null ? "an entry" : ("aeiou".Contains(char.ToLowerInvariant(container.Type[0]), StringComparison.Ordinal) ? "an " : "a ") + container.Type;
}
