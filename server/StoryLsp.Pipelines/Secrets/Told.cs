using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Effects;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>What may be told of containers at one place of a story.</summary>
internal sealed class Told(Snapshot snapshot, StorySecrets secrets)
{
    // Of whom and of what is the writer's own business: who knows it, what gives it away, what it proves.
    private static readonly Dictionary<string, string[]> KeptFields = new(StringComparer.Ordinal)
    {
        ["entity"] = ["name", "title", "progressions", "matching", "image", "died", "destroyed"],
        ["fact"] = ["known_by", "secret_until", "terms"],
        ["clue"] = ["points_to", "eliminates", "establishes", "essential", "red_herring"],
        ["case"] = ["culprit", "motive", "means", "suspects", "clues", "red_herrings", "reveal"],
        ["item"] = ["owner"],
    };

    private static readonly string[] EffectFields = ["effects", "uses", "relies_on"];

    private readonly Dictionary<string, (SecretParts Parts, List<TextSpan> Kept)> _documents = new(StringComparer.Ordinal);

    /// <summary>How many values were left out.</summary>
    public int Values { get; private set; }

    /// <summary>How many fields were left out because no schema knows them.</summary>
    public int Unknown { get; private set; }

    /// <summary>How many paragraphs were left out.</summary>
    public int Paragraphs { get; private set; }

    /// <summary>How many containers were left out.</summary>
    public int Containers { get; private set; }

    /// <summary>Whether a container may be told of; one that may not is counted.</summary>
    public bool MayTell(Container container)
    {
        if (!secrets.Hides(container) && !secrets.IsLater(container))
        {
            return true;
        }

        Containers++;
        return false;
    }

    /// <summary>The id, or words without a name where it is a secret.</summary>
    public string IdOf(Container container) => IsHidden(container) || PartsOf(container).Parts.HidesId(container.Fact) || secrets.Says(snapshot.IdOf(container), out _) ? Anonymous(container) : snapshot.IdOf(container);

    /// <summary>The name, or words without one where it is a secret.</summary>
    public string NameOf(Container container) => IsHidden(container) || PartsOf(container).Parts.HidesName(container.Fact) || secrets.Says(container.Name, out _) ? Anonymous(container) : container.Name;

    /// <summary>Whether a reference may be told: neither its field nor what it names is secret.</summary>
    public bool IsPublic(Container container, ReferenceFact reference)
    {
        var (parts, kept) = PartsOf(container);
        return !parts.Covers(reference.Span) && !kept.Exists(span => span == reference.Span) &&
            container.Fact.Fields.All(field => (field.Name != reference.Field && !reference.Field.StartsWith(field.Name + ".", StringComparison.Ordinal)) || parts.PublicField(container.Type, field) is not null);
    }

    /// <summary>The public containers that a field of another names, each once.</summary>
    /// <param name="container">The container.</param>
    /// <param name="fields">Canonical paths of fields, or the beginnings of paths with a dot at the end.</param>
    public IEnumerable<Container> Named(Container container, params string[] fields) => container.Document.References
        .Where(reference => reference.Container == container.Fact.Index && fields.Any(field => field[^1] == '.' ? reference.Field.StartsWith(field, StringComparison.Ordinal) : reference.Field == field) && IsPublic(container, reference))
        .Select(reference => snapshot.Resolve(reference, container.Path).Container)
        .OfType<Container>()
        .DistinctBy(one => one.Key);

    /// <summary>The attributes of a container as lines of <c>key: value</c>.</summary>
    /// <param name="container">The container.</param>
    /// <param name="now">What is known of it when the scene begins; it stands in for what is written.</param>
    /// <param name="without">Fields that are not told.</param>
    public string Card(Container container, IReadOnlyList<(string Key, string Value)>? now = null, params string[] without)
    {
        var (parts, _) = PartsOf(container);
        var card = new AttributeCard(parts, scalar => IsKept(container, scalar));
        card.Add("type", TypeOf(container));
        card.Add("name", NameOf(container));
        if (IsHidden(container))
        {
            return card.ToString();
        }

        foreach (var field in container.Fact.Fields)
        {
            if (parts.PublicField(container.Type, field) is not { } known)
            {
                var isKnown = snapshot.Schemas.Find(container.Type)?.FindField(field.Name) is not null;
                Values += isKnown ? 1 : 0;
                Unknown += isKnown || field.Name.Equals("id", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("type", StringComparison.OrdinalIgnoreCase) ? 0 : 1;
            }
            else if (!IsKeptField(container, known.Name) && !without.Contains(known.Name) && now?.Any(fact => fact.Key.Equals(known.Name, StringComparison.OrdinalIgnoreCase)) != true)
            {
                Add(card, container, known, field.Value);
            }
        }

        foreach (var (key, value) in now ?? [])
        {
            card.Add(key, value);
        }

        Values += card.LeftOut;
        return Lines(card.ToString());
    }

    /// <summary>Whether the value that a field of a container has at some time may be told.</summary>
    public bool MayTellField(Container container, string field) =>
        !IsHidden(container) && snapshot.Schemas.Find(container.Type)?.FindField(field) is { } known && !known.Secret && !IsKeptField(container, known.Name) &&
        (container.Fact.Field(known.Name) is not { } written || PartsOf(container).Parts.PublicField(container.Type, written) is not null);

    /// <summary>The synopsis of a scene without what is secret; empty where there is none.</summary>
    public string Synopsis(Container scene) => PublicText(scene, "synopsis") is { } synopsis ? Text(synopsis) : "";

    /// <summary>What a fact says, in one line; its name where it says nothing that may be told.</summary>
    public string Statement(Container fact) => PublicText(fact, "statement") is { } statement && !secrets.Says(statement, out _) ? statement.ReplaceLineEndings(" ").Trim() : NameOf(fact);

    private string? PublicText(Container container, string name) => container.Fact.Field(name) is { } field && PartsOf(container).Parts is var parts && parts.PublicField(container.Type, field) is not null &&
        field.Value.Resolve() is YamlScalar { IsNull: false } scalar && !parts.Covers(scalar.Span) ? scalar.Value : null;

    /// <summary>A text without the paragraphs that say what is not to be known here.</summary>
    public string Text(string text)
    {
        var result = secrets.Without(text, out var leftOut);
        Paragraphs += leftOut;
        return result;
    }

    /// <summary>The same, of lines.</summary>
    public string Lines(string text)
    {
        if (!secrets.Says(text, out _))
        {
            return text;
        }

        var result = secrets.Without(text.ReplaceLineEndings("\n").Replace("\n", "\n\n", StringComparison.Ordinal), out var leftOut);
        Values += leftOut;
        return result.Replace("\n\n", "\n", StringComparison.Ordinal) + (result.Length > 0 ? "\n" : "");
    }

    /// <summary>The prose of a container without what is secret.</summary>
    public string ProseOf(Container container)
    {
        if (IsHidden(container) || snapshot.Document(container.Path) is not { } document || !ReferenceEquals(document.Facts, container.Document) && document.Facts.Containers.ElementAtOrDefault(container.Fact.Index)?.Id != container.Fact.Id)
        {
            return "";
        }

        // A link to what is not to be known takes its paragraph along.
        var prose = SceneProse.Of(document, container.Fact.Index, link => snapshot.ResolveLink(link, container.Path).Container is { } linked && secrets.Hides(linked));
        var keys = SecretParts.KeysOf(snapshot, container.Type);
        var whole = prose.Split("\n\n");
        var paragraphs = whole.Where(paragraph => !paragraph.Contains(SceneProse.Kept, StringComparison.Ordinal)).ToArray();
        Paragraphs += whole.Length - paragraphs.Length;
        var told = keys.Count == 0 ? paragraphs : [.. paragraphs.Where(paragraph => !paragraph.Split('\n', '\r').Any(line => NamesKey(line, keys)))];
        Paragraphs += paragraphs.Length - told.Length;
        return Text(string.Join("\n\n", told));
    }

    /// <summary>A type that a schema knows; another word may say anything.</summary>
    public string TypeOf(Container container) => snapshot.Schemas.Find(container.Type) is null ? "entry" : container.Type;

    // Attributes whose fences are broken are prose to a reader of Markdown. A paragraph that names a secret field as a key is left out.
    internal static bool NamesKey(string line, IReadOnlySet<string> keys) =>
        line.IndexOf(':') is var colon and > 0 && keys.Contains(line[..colon].Trim(' ', '\t', '"', '\'', '-', '?', '{'));

    private bool IsHidden(Container container) => secrets.Hides(container);

    private string Anonymous(Container container) => (TypeOf(container) is var type && "aeiou".Contains(char.ToLowerInvariant(type[0]), StringComparison.Ordinal) ? "an " : "a ") + type;

    /// <summary>Whether a field of a container is the writer's own business, or says what is yet to come.</summary>
    public bool IsKeptField(Container container, string field)
    {
        if (field == "aliases" && snapshot.Mentions.AliasesFrom(container.Key) is { } from && secrets.IsLater(from))
        {
            return true;
        }

        foreach (var (type, fields) in KeptFields)
        {
            if (fields.Contains(field) && (type == "entity" || snapshot.Schemas.IsKindOf(container.Type, type)) && !(type == "case" && secrets.IsSolved(container)))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(AttributeCard card, Container container, FieldSchema field, YamlNode value)
    {
        if (!EffectFields.Contains(field.Name))
        {
            card.Add(field, value);
            return;
        }

        var (parts, kept) = PartsOf(container);
        foreach (var item in value.AsList())
        {
            if (item.Resolve() is not { } node || parts.Covers(node.Span))
            {
                continue;
            }

            if (kept.Exists(node.Span.Contains) || SetsSecret(container, node))
            {
                Values++;
            }
            else if (EffectWords.Of(field.Name, node) is { Length: > 0 } line)
            {
                card.Add(field.Name, line);
            }
        }
    }

    private bool SetsSecret(Container container, YamlNode effect) => EffectReader.Effects(effect).Any(one => one is { Verb: EffectVerb.Sets, Who: not null, What: not null } &&
        snapshot.Resolve(one.Who.Text, null, container.Path).Container is { } changed && snapshot.Schemas.Find(changed.Type)?.FindField(one.What.Text) is { Secret: true });

    private bool IsKept(Container container, YamlScalar scalar) => PartsOf(container).Kept.Exists(scalar.Span.Contains) || secrets.Says(scalar.Value, out _);

    /// <summary>The secret parts of a container's document, and where it names what is not to be known here.</summary>
    private (SecretParts Parts, List<TextSpan> Kept) PartsOf(Container container)
    {
        if (!_documents.TryGetValue(container.Path, out var found))
        {
            var kept = container.Document.References
                .Where(reference => snapshot.Resolve(reference, container.Path).Candidates.Any(one => secrets.Hides(one) || secrets.IsLater(one)))
                .Select(reference => reference.Span)
                .ToList();
            _documents[container.Path] = found = (SecretParts.Of(snapshot, container.Document), kept);
        }

        return found;
    }
}
