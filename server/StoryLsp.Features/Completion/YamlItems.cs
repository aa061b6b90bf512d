using System.Globalization;
using StoryLsp.Features.Fields;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Matching;
using StoryLsp.Index;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Completion;

/// <summary>What may be written at a caret in YAML.</summary>
internal sealed class YamlItems(CompletionRequest request, Shapes shapes, Shape root, YamlCursor cursor, TextArea area)
{
    private readonly Shape _shape = shapes.Walk(root, cursor.Path);

    /// <summary>The completions.</summary>
    public CompletionList Of()
    {
        if (cursor.Position == YamlPosition.Key)
        {
            return new(Keys(shapes.Mapping(_shape, cursor.MappingType), ""), false);
        }

        var needsDash = cursor.AtDash || NeedsDash();
        var prefix = needsDash ? "- " : cursor.NeedsSpace ? " " : "";
        var item = needsDash || cursor.Position == YamlPosition.Value ? Shapes.Item(_shape) : _shape;
        var values = IsEffect() ? EffectItems.Of(request, cursor.Token, prefix) : Values(item, prefix);
        if (cursor.Position == YamlPosition.Value)
        {
            return values;
        }

        var mapping = shapes.Mapping(item, cursor.MappingType);
        var isRoot = cursor.Path.Count == 0;
        return !mapping.IsMapping || cursor.Quote != '\0'
            ? values
            : new([.. values.Items, .. NewContainers(isRoot), .. Keys(mapping, prefix)], values.IsIncomplete);
    }

    // The items of `effects` in a scene or event have a plain form of their own.
    private bool IsEffect()
    {
        var path = cursor.Path;
        var last = path.Count > 0 && path[^1].Key is null ? path.Count - 2 : path.Count - 1;
        return last == 0 && path[0].Key?.Equals("effects", StringComparison.OrdinalIgnoreCase) == true && Shapes.Item(_shape).Fields.Count > 0;
    }

    // Under the key of a list, the caret stands where the first dash belongs.
    private bool NeedsDash() =>
        cursor is { Position: YamlPosition.Node, InFlow: false, Path: [.., { Key: not null }] } && _shape.IsList && _shape.Field?.Name != "manuscript";

    private IEnumerable<CompletionItem> NewContainers(bool isRoot) =>
        isRoot && cursor.IsEmpty && root.IsContainer ? ContainerSnippets.InYaml(request, cursor.Token, root.ContainerType, area) : [];

    private CompletionList Values(Shape shape, string prefix)
    {
        if (shape.Field is { Type: FieldType.Reference } field)
        {
            var self = Self();
            var containers = request.Snapshot.ContainersOf(field.Target).Where(container => !container.IsSameAs(self));
            return ContainerItems.Of(request, containers, cursor.Token, (container, _) =>
                prefix + YamlText.Write(ContainerItems.ReferenceTo(request.Snapshot, container, field.Target), cursor.Quote, cursor.InFlow));
        }

        if (shape.Field is { Type: FieldType.Date } && TimeItems.Of(request, cursor) is { } times)
        {
            return times;
        }

        var choices = shape.Values;
        if (choices.Count == 0 && shape.Field?.Default is { Length: > 0 } standard && !standard.Contains('\n'))
        {
            choices = [new(standard, "The usual value.")];
        }

        return new([.. Ranked(choices, choice => choice.Text).Select((choice, rank) => Value(choice, shape.Field, prefix, rank))], false);
    }

    // Behind the last line of a file its container has ended, and is still the one that is written.
    private Container? Self()
    {
        var path = request.Document.Path;
        if (request.Snapshot.ContainerAt(path, request.Offset) is { } around)
        {
            return around;
        }

        var fact = Completions.ContainerOf(request.Document.Facts, area, request.Offset);
        return fact is null ? null : request.Snapshot.ContainersIn(path).FirstOrDefault(container => container.Fact.Index == fact.Index);
    }

    private CompletionItem Value(Choice choice, FieldSchema? field, string prefix, int rank) => new()
    {
        Label = choice.Text,
        Kind = choice.Kind == ChoiceKind.Type ? CompletionKind.Type : CompletionKind.Value,
        Detail = field?.Default == choice.Text ? "usual value" : null,
        NewText = prefix + (IsPlainWord(choice) ? choice.Text : YamlText.Write(choice.Text, cursor.Quote, cursor.InFlow)),
        Span = cursor.Token,
        SortText = Rank(rank),
        Documentation = choice.Description ?? field?.Description,
    };

    // `true` and `off` are meant as the words that they are.
    private bool IsPlainWord(Choice choice) => cursor.Quote == '\0' && choice.Text is "true" or "false" or "off";

    private List<CompletionItem> Keys(Shape mapping, string prefix)
    {
        var present = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sibling in cursor.Siblings)
        {
            present.Add(sibling);
            if (shapes.FieldOf(mapping, sibling) is { } field)
            {
                present.Add(field.Name);
            }
        }

        var offers = new List<KeyOffer>();
        if (mapping.IsContainer)
        {
            AddOwnKeys(offers, present);
        }

        foreach (var field in mapping.Fields.Where(field => !present.Contains(field.Name)))
        {
            var key = shapes.KeysOf(mapping.IsContainer ? mapping.Schema : null, field)[0];
            offers.Add(new(key, field, field.Required ? 0 : field.Deprecated is null ? 1 : 2, FieldCard.Write(key, field, mapping.Schema), FieldCard.TypeOf(field)));
        }

        offers.AddRange(mapping.Keys.Where(key => !present.Contains(key.Text)).Select(key => new KeyOffer(key.Text, null, 1, key.Description, null)));
        return [.. Ranked(offers.OrderBy(offer => offer.Order), offer => offer.Key).Take(Completions.MostItems).Select((offer, rank) => Key(mapping, offer, prefix, rank))];
    }

    private static void AddOwnKeys(List<KeyOffer> offers, HashSet<string> present)
    {
        if (!present.Contains("type") && !present.Contains("container_type"))
        {
            offers.Add(new("type", null, 1, "What it is: the name of a schema, such as character or scene.", "type"));
        }

        if (!present.Contains("id"))
        {
            offers.Add(new("id", null, 1, "The name by which references find it, whatever it is called in the story.", "string"));
        }
    }

    private CompletionItem Key(Shape mapping, KeyOffer offer, string prefix, int rank)
    {
        var under = shapes.Under(mapping, offer.Key);
        return new CompletionItem
        {
            Label = offer.Key,
            Kind = CompletionKind.Field,
            Detail = offer.Detail is { } detail ? offer.Order == 0 ? detail + ", required" : detail : null,
            NewText = cursor.ColonFollows ? offer.Key : prefix + KeyText(offer.Key, under, prefix.Length),
            IsSnippet = request.Options.Snippets && !cursor.ColonFollows,
            Span = cursor.Token,
            SortText = Rank(rank),
            Documentation = offer.Documentation,
            IsDeprecated = offer.Order == 2,
            AsksAgain = !cursor.ColonFollows && (under.Values.Count > 0 || Shapes.Item(under).Field?.Type == FieldType.Reference || Shapes.Item(under).Values.Count > 0),
        };
    }

    private string KeyText(string key, Shape under, int prefix)
    {
        var written = YamlText.Write(key, cursor.Quote, cursor.InFlow);
        var stop = "";
        if (request.Options.Snippets)
        {
            written = ContainerSnippets.Escape(written);
            stop = "$0";
        }

        if (cursor.InFlow)
        {
            return under.IsList ? $"{written}: [{stop}]" : under.IsMapping ? $"{written}: {{{stop}{(stop.Length > 0 ? "\\}" : "}")}" : $"{written}: {stop}";
        }

        var isList = under.IsList && under.Field?.Name != "manuscript";
        if (!isList && (!under.IsMapping || under.Field?.Type == FieldType.Reference))
        {
            return $"{written}: {stop}";
        }

        var indent = new string(' ', Indentation() + 2);
        return $"{written}:\n{indent}{(isList ? "- " : "")}{stop}".ReplaceLineEndings(request.Options.Snippets ? "\n" : request.Document.Text.DominantLineEnding);
    }

    // A snippet's lines are indented relative to the caret's line, a plain text's from the margin.
    private int Indentation()
    {
        var column = cursor.Column;
        if (!request.Options.Snippets)
        {
            return column;
        }

        var text = request.Document.Text;
        var line = text.GetLineSpan(text.Lines.GetLine(cursor.Token.Start));
        var indent = line.Start;
        while (indent < cursor.Token.Start && text.Text[indent] is ' ' or '\t')
        {
            indent++;
        }

        return Math.Max(0, column - (indent - line.Start));
    }

    private List<T> Ranked<T>(IEnumerable<T> all, Func<T, string> nameOf)
    {
        var typed = request.Typed(cursor.Token).Trim();
        return [.. all.Select(item => (Score: NameMatch.Score(typed, nameOf(item)), Item: item))
            .Where(match => match.Score > 0).OrderByDescending(match => match.Score).Select(match => match.Item)];
    }

    private static string Rank(int rank) => rank.ToString("D3", CultureInfo.InvariantCulture);

    private sealed record KeyOffer(string Key, FieldSchema? Field, int Order, string? Documentation, string? Detail);
}
