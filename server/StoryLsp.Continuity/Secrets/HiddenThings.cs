using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Secrets;

/// <summary>
/// What a story keeps at one place of it: facts whose secret has not ended and those that the viewpoint character cannot know there, clues that no scene has planted yet, the
/// solution of a case before its reveal.
/// </summary>
internal sealed class HiddenThings
{
    private const int DeepestNesting = 16;

    private static readonly string[] Solution = ["culprit", "motive", "means"];

    private readonly Snapshot _snapshot;
    private readonly StoryPlace _place;
    private readonly WordSet _small;
    private readonly SecretForms _forms;
    private readonly HashSet<ContainerKey> _hidden = [];
    private readonly List<SecretValue> _values = [];

    public HiddenThings(Snapshot snapshot, StoryPlace place)
    {
        _snapshot = snapshot;
        _place = place;
        _small = SmallWords.Of(snapshot.Settings.Language);
        _forms = SecretForms.Of(StoryWorld.Of(snapshot));
        var planted = new HashSet<ContainerKey>(snapshot.ContainersOf("scene").Where(place.IsReached).SelectMany(scene => place.All(scene, "plants")).Select(clue => clue.Key));
        var facts = snapshot.ContainersOf("fact").Select(fact => (Fact: fact, Why: Why(fact))).Where(fact => fact.Why is not null).ToList();
        var clues = snapshot.ContainersOf("clue").Where(clue => !planted.Contains(clue.Key)).ToList();
        _hidden.UnionWith(facts.Select(fact => fact.Fact.Key).Concat(clues.Select(clue => clue.Key)));
        facts.ForEach(fact => Hide(fact.Fact, fact.Why!, "statement", "description", "notes"));
        clues.ForEach(clue => Hide(clue, "a clue that no scene has planted yet", "text", "description", "notes"));
        foreach (var mystery in snapshot.ContainersOf("case").Where(mystery => !IsSolved(mystery)))
        {
            HideSolution(mystery);
        }

        // The same text may be kept by several; one place of it is enough.
        Index = new([.. _values.DistinctBy(value => (string.Join(' ', value.Stems), value.Kind))]);
    }

    /// <summary>The containers that are not to be known at all.</summary>
    public IReadOnlySet<ContainerKey> Containers => _hidden;

    /// <summary>Finds what they say.</summary>
    public SecretIndex Index { get; }

    /// <summary>Whether the solution of a case has been given.</summary>
    public bool IsSolved(Container mystery) => _place.One(mystery, "reveal") is { } reveal && _place.IsReached(reveal);

    private string? Why(Container fact)
    {
        if (fact.Fact.Field("secret_until") is { } until && until.Value.Resolve() is not YamlScalar { IsNull: true } && !(_place.One(fact, "secret_until") is { } scene && _place.IsReached(scene)))
        {
            return "a fact that the reader is not to learn yet";
        }

        return _place.IsBeyondViewpoint(fact) ? "a fact that the viewpoint character cannot know here" : null;
    }

    private void Hide(Container container, string why, params string[] fields)
    {
        foreach (var name in fields)
        {
            if (container.Fact.Field(name) is { } field)
            {
                AddTexts(container, field.Value, why, 0);
            }
        }

        // Words that give it away do so even where they are somebody's name.
        foreach (var term in container.Fact.Field("terms")?.Value.AsTexts() ?? [])
        {
            Add(container, term, why, container.Fact.Field("terms")!.Value.Span);
        }

        // A name of plain words is in every scene, and says little; one that nobody else has says all.
        foreach (var name in Names(container).Where(IsTelling))
        {
            Add(container, name, why, container.Fact.SelectionSpan);
        }
    }

    private void HideSolution(Container mystery)
    {
        const string why = "the solution of a case before it is revealed";
        foreach (var field in mystery.Fact.Fields)
        {
            if (Solution.Contains(field.Name))
            {
                AddTexts(mystery, field.Value, why, 0);
            }
        }

        var culprits = _place.All(mystery, "culprit").Select(who => who.Key).ToHashSet();
        foreach (var suspect in mystery.Fact.Field("suspects")?.Value.AsList() ?? [])
        {
            if (suspect.Get("who").AsText() is { } who && _snapshot.Resolve(who.Trim('[', ']', ' '), "character", mystery.Path).Container is { } person && culprits.Contains(person.Key))
            {
                foreach (var name in Solution)
                {
                    AddTexts(mystery, suspect.Get(name), why, 0);
                }
            }
        }
    }

    private void AddTexts(Container container, YamlNode? node, string why, int depth)
    {
        switch (depth > DeepestNesting ? null : node.Resolve())
        {
            // That it was somebody is the secret, their name is not.
            case YamlScalar { IsNull: false } scalar when scalar.AsBoolean() is null && _snapshot.Named(scalar.Value.Trim().Trim('[', ']')).All(named => _hidden.Contains(named.Container.Key)):
                Add(container, scalar.Value, why, scalar.ContentSpan);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    AddTexts(container, item, why, depth + 1);
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    AddTexts(container, entry.Value, why, depth + 1);
                }

                break;
        }
    }

    private void Add(Container container, string text, string why, TextSpan span)
    {
        foreach (var form in _forms.Of(text))
        {
            if (SecretValue.Of(form, _small, why, why, new(container.Path, span, "Here it is kept.")) is { } value)
            {
                _values.Add(value);
            }
        }
    }

    private static IEnumerable<string> Names(Container container) =>
        container.Fact.Aliases.Select(alias => alias.Text).Append(container.Name).Append(container.Fact.Id).Distinct(StringComparer.OrdinalIgnoreCase);

    private bool IsTelling(string name)
    {
        var words = PromptWord.Of(name);
        return words.Sum(word => word.Weight) >= SecretValue.TellingWeight
            || words.Exists(word => !word.Stands && word.Folded.Length > 3 && !WordList.IsEnglish(word.Folded) && !IsPartOfName(word.Folded));
    }

    private HashSet<string>? _parts;

    // The words of all names that may be told.
    private bool IsPartOfName(string word) => (_parts ??= [.. _snapshot.Containers
        .Where(container => !_hidden.Contains(container.Key))
        .SelectMany(Names)
        .SelectMany(name => PromptWord.Of(name))
        .Select(part => part.Folded)]).Contains(word);
}
