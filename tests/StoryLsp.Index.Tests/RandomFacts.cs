using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index.Tests;

/// <summary>Makes facts of every shape from a seed, those that no reader would make too.</summary>
internal sealed class RandomFacts(int seed)
{
    private static readonly string[] Words = ["", "ada", "Ada Vane", "é", "🦊", "\uD83E", "a\0b", "名前", "x", new string('y', 300), "tag:yaml.org,2002:str"];

    private readonly Random _random = new(seed);
    private readonly List<YamlNode> _nodes = [];
    private readonly List<YamlAlias> _aliases = [];

    public DocumentFacts Next()
    {
        var facts = new DocumentFacts
        {
            Path = "notes/" + Text() + ".md",
            Kind = Any<DocumentKind>(),
            Lines = LineMap.Of(string.Concat(Enumerable.Range(0, _random.Next(5)).Select(_ => Text() + "\n"))),
            Containers = List(Container),
            References = List(() => new ReferenceFact(Number(), Text(), Text(), Span(), Maybe(Text), Flag()) { MayBeWord = Flag() }),
            Links = List(Link),
            Headings = List(() => new HeadingFact(_random.Next(1, 7), Text(), Span(), Span(), Text())),
            BlockAnchors = List(Text),
            Suppressions = List(() => new SuppressionFact(Text(), Flag(), Number(), Span())),
            Prose = List(() => new ProseFact(Number(), Span())),
            Words = new ProseWords(List(() => new CapitalWord(Text(), _random.Next(), _random.Next())), [.. List(() => (uint)_random.NextInt64(uint.MaxValue)).Order()]),
            Findings = List(() => new Finding(Text(), Any<Severity>(), Span(), Text()) { Deprecated = Flag(), Data = List(Text), Related = List(() => new RelatedPlace(Text(), Span(), Text())) }),
            UnknownFields = List(() => new UnknownFieldFact(Number(), Text(), Text(), Span())),
        };
        foreach (var alias in _aliases)
        {
            // Of itself, of an ancestor, of a node in another field, of one that is in no field at all, of nothing.
            alias.Target = _random.Next(4) switch { 0 => null, 1 => new YamlScalar(Span(), Span(), Text(), YamlScalarStyle.Plain), _ => _nodes[_random.Next(_nodes.Count)] };
        }

        return facts;
    }

    private ContainerFact Container() => new()
    {
        Index = Number(),
        Parent = Number(),
        Origin = Any<ContainerOrigin>(),
        Type = Text(),
        TypeSpan = MaybeSpan(),
        Id = Text(),
        IdSpan = MaybeSpan(),
        Name = Text(),
        NameSpan = MaybeSpan(),
        Aliases = List(() => new NameFact(Text(), Span())),
        Span = Span(),
        SelectionSpan = Span(),
        Fields = List(() => new FieldFact(Text(), Span(), _nodes.Count > 0 && _random.Next(4) == 0 ? _nodes[_random.Next(_nodes.Count)] : Node(3), Flag())),
    };

    private LinkFact Link() => new()
    {
        Kind = Any<LinkKind>(),
        Container = Number(),
        Target = Text(),
        Anchor = Maybe(Text),
        Shown = Maybe(Text),
        Span = Span(),
        TargetSpan = Span(),
        AnchorSpan = Span(),
        ShownSpan = Span(),
    };

    private YamlNode Node(int depth)
    {
        YamlNode node = _random.Next(depth > 0 ? 5 : 2) switch
        {
            2 => new YamlSequence(Span(), List(() => Node(depth - 1)), Flag(), Maybe(Text), Maybe(Text)),
            3 or 4 => new YamlMapping(Span(), List(() => new YamlEntry(Node(depth - 1), Node(depth - 1), Span())), Flag(), Maybe(Text), Maybe(Text)),
            1 when _random.Next(3) == 0 => Alias(),
            _ => new YamlScalar(Span(), Span(), Text(), Any<YamlScalarStyle>(), Maybe(Text), Maybe(Text)),
        };
        _nodes.Add(node);
        return node;
    }

    private YamlAlias Alias()
    {
        var alias = new YamlAlias(Span(), Text());
        _aliases.Add(alias);
        return alias;
    }

    private T[] List<T>(Func<T> next) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => next())];

    private string? Maybe(Func<string> next) => Flag() ? next() : null;

    private TextSpan? MaybeSpan() => Flag() ? Span() : null;

    private TextSpan Span() => new(_random.Next(3) == 0 ? _random.Next() : _random.Next(200), _random.Next(90));

    private string Text() => Words[_random.Next(Words.Length)];

    private bool Flag() => _random.Next(2) == 0;

    private int Number() => _random.Next(5) == 0 ? _random.Next(int.MinValue, int.MaxValue) : _random.Next(-1, 4);

    private T Any<T>()
        where T : struct, Enum => Enum.GetValues<T>()[_random.Next(Enum.GetValues<T>().Length)];
}
