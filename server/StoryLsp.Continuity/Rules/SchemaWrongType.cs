using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>schema/wrong-type</c></summary>
internal sealed class SchemaWrongType : Rule, IDocumentRule
{
    private const int MostPatterns = 256;

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new();

    public override string Code => "schema/wrong-type";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A value is not of its field's type, or breaks the bounds that the schema sets.";

    public override string Documentation => """
        `decks: many` is no number, `decks: 99` may be more than `max: 40` allows, and a list is no place for one person. A text
        takes any value (`title: 1984`), a list takes a single value as a list of one, and an empty value counts as absent. Dates and
        references have rules of their own, `time/bad-date` and `ref/unresolved`.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var visit in FieldWalk.Of(document, schemas, settings))
        {
            foreach (var fault in Faults(document.Text, visit, settings))
            {
                report(new(Code, visit.IsStrict ? Severity : Severity.Hint, fault.Span, fault.Message)
                {
                    Related = fault.Earlier is { } earlier ? [new(document.Path, earlier, "The same value, the first time."), .. visit.SchemaPlace] : visit.SchemaPlace,
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var visit in FieldWalk.Of(document, snapshot.Schemas, snapshot.Settings))
        {
            foreach (var fault in Faults(document.Text, visit, snapshot.Settings))
            {
                if (fault.Span == finding.Span && fault.Message == finding.Message && fault.Converted is { } converted)
                {
                    yield return new($"Convert to {Shown(converted)}", WorkspaceChange.Edit(document.Path, new TextEdit(fault.Span, converted)), IsPreferred: true);
                    yield break;
                }
            }
        }
    }

    /// <summary>What is wrong with a value.</summary>
    /// <param name="Span">The value.</param>
    /// <param name="Message">The message.</param>
    /// <param name="Converted">The same value, written as the type wants it; null where that would lose something.</param>
    /// <param name="Earlier">The earlier of two equal values.</param>
    private sealed record Fault(TextSpan Span, string Message, string? Converted = null, TextSpan? Earlier = null);

    private static IEnumerable<Fault> Faults(SourceText text, FieldVisit visit, StorySettings settings)
    {
        if (visit.IsBroken)
        {
            return [];
        }

        var value = visit.Value;
        var field = visit.Field;

        // Obsidian writes a property of one value as a list of one as well.
        if (!settings.Exists && field.Type is not FieldType.List && value is YamlSequence { Items: [YamlScalar only] })
        {
            value = only;
        }

        return field.Type switch
        {
            FieldType.String when visit is { Container: null, Name: "api_key_env" } && value is YamlScalar { IsNull: false } scalar && !VariableName.IsOne(scalar.Value) => [KeyInPlaceOfName(scalar.ContentSpan, "api_key_env")],
            FieldType.Object when visit is { Container: null, Name: "headers" } && value is YamlMapping headers => BadHeaders(headers),
            FieldType.String or FieldType.Text => value is YamlScalar scalar ? BrokenBounds(visit, scalar) : NotScalar(text, visit, value, "a text"),
            FieldType.Integer or FieldType.Number => value is YamlScalar scalar ? BadNumber(visit, scalar) : NotScalar(text, visit, value, "a number"),
            FieldType.Boolean => value is YamlScalar scalar ? BadBoolean(visit, scalar) : NotScalar(text, visit, value, "`true` or `false`"),
            FieldType.Enum => value is YamlScalar ? [] : NotScalar(text, visit, value, "one of its options"),
            FieldType.Reference => value is YamlScalar ? [] : NotScalar(text, visit, value, field.Target is { } target ? $"the id or name of one {target}" : "one id or name"),
            FieldType.Date => value is YamlSequence ? NotScalar(text, visit, value, "a date") : [],
            FieldType.Duration => value is YamlSequence ? NotScalar(text, visit, value, "a duration") : BadDuration(text, visit, value, settings),
            FieldType.Any when visit.Container is null && visit.Name == "calendar" => BadCalendar(text, value),
            FieldType.Object => value is YamlMapping || IsSwitch(visit) || IsPlainForm(visit, settings) ? [] : [new(OneLine(text, value), $"`{visit.Name}` takes a list of `key: value` lines here{Keys(field)}, and this is {Kind(value)}. Write each value behind its key.")],
            FieldType.Container => value is YamlMapping ? [] : [new(OneLine(text, value), $"`{visit.Name}` holds {field.Target ?? "container"}s that are written in place, each with a `name`, and this is {Kind(value)}. Write `name: …` here.")],
            FieldType.List => BadItems(text, visit),
            _ => [],
        };
    }

    private static IEnumerable<Fault> BadHeaders(YamlMapping headers) => headers.Entries
        .Where(entry => entry.Value.Get("env").AsText() is not { } name || !VariableName.IsOne(name))
        .Select(entry => KeyInPlaceOfName(entry.Value.Span, "headers"));

    // What stands there may be a key: it is never said again.
    private static Fault KeyInPlaceOfName(TextSpan span, string field) => new(span,
        $"`{field}` takes the name of an environment variable{(field == "headers" ? ", as `{env: SOME_VARIABLE}`" : "")}, and this is none. If it is a key, take it out and have the provider make you another one, as this one stood in a file; keep the new one in an environment variable, and write its name here.");

    // `ai: false` in story.yaml is short for `ai: {enabled: false}`.
    private static bool IsSwitch(FieldVisit visit) => visit.Container is null && visit.Name == "ai" && visit.Value.AsBoolean() is not null;

    // `relations: ["[[Tom Weir]]"]` says to whom, and leaves the rest open.
    private static bool IsPlainForm(FieldVisit visit, StorySettings settings) =>
        visit.Field.TakesPlainForm(settings.Exists) &&
        (visit.Value is YamlScalar scalar
            ? visit.KeySpan is null || (scalar.Value.Trim() is var text && text.StartsWith("[[", StringComparison.Ordinal) && text.EndsWith("]]", StringComparison.Ordinal))
            : FieldWalk.IsWikilink(visit.Value));

    private static IEnumerable<Fault> NotScalar(SourceText text, FieldVisit visit, YamlNode value, string wanted)
    {
        if (FieldWalk.IsWikilink(value))
        {
            yield break;
        }

        // An entry of a list has no key of its own.
        if (visit.KeySpan is null && Plural(visit.Field) is { } plural)
        {
            yield return new(OneLine(text, value), $"`{visit.Name}` takes a list of {plural}, and this is {Kind(value)}. Write a single value for each.");
            yield break;
        }

        var only = value is YamlSequence { Items: [YamlScalar { IsNull: false } item] } ? item : null;
        yield return new(only is null ? OneLine(text, value) : value.Span,
            $"`{visit.Name}` takes {wanted}, and this is {Kind(value)}. Write a single value.",
            only is null || !((YamlSequence)value).IsFlow ? null : text.Slice(only.Span));
    }

    private static string? Plural(FieldSchema field) => field.Type switch
    {
        FieldType.String or FieldType.Text => "texts",
        FieldType.Integer or FieldType.Number => "numbers",
        FieldType.Reference => field.Target is { } target ? $"{SchemaSet.Plural(target)}, each by its id or name" : "ids or names",
        FieldType.Date => "dates",
        FieldType.Duration => "durations",
        FieldType.Enum => "its options",
        _ => null,
    };

    private static IEnumerable<Fault> BrokenBounds(FieldVisit visit, YamlScalar scalar)
    {
        var field = visit.Field;
        var length = scalar.Value.Length;
        if (field.MinLength is { } least && length < least)
        {
            yield return new(SpanOf(scalar), $"`{visit.Name}` wants at least {Count(least, "character")}, and this has {length}. {OrChange(field, "Write more", "minLength")}");
        }
        else if (field.MaxLength is { } most && length > most)
        {
            yield return new(SpanOf(scalar), $"`{visit.Name}` takes at most {Count(most, "character")}, and this has {length}. {OrChange(field, "Shorten it", "maxLength")}");
        }
        else if (field.Pattern is { } pattern && !Matches(pattern, scalar.Value))
        {
            yield return new(SpanOf(scalar), $"`{visit.Name}` must look like `{pattern}`, and this does not. {OrChange(field, "Correct it", "pattern")}");
        }
    }

    private static IEnumerable<Fault> BadNumber(FieldVisit visit, YamlScalar scalar)
    {
        var field = visit.Field;
        var isWhole = field.Type == FieldType.Integer;
        var wanted = isWhole ? "a whole number" : "a number";
        if (Number(scalar.Value) is not { } number || (isWhole && !double.IsInteger(number)))
        {
            yield return new(SpanOf(scalar), $"`{visit.Name}` takes {wanted}, and `{Shortened(scalar.Value)}` is none. Write digits.", PlainNumber(scalar.Value, isWhole));
        }
        else if (scalar.Style != YamlScalarStyle.Plain)
        {
            yield return new(scalar.Span, $"`{visit.Name}` takes {wanted}, and in quotes it is a text. Take the quotes away.", scalar.Value.Trim());
        }
        else if (field.Min is { } min && number < min)
        {
            yield return new(scalar.Span, $"`{visit.Name}` is at least {min.ToString(CultureInfo.InvariantCulture)}, and this is less. {OrChange(field, "Correct it", "min")}");
        }
        else if (field.Max is { } max && number > max)
        {
            yield return new(scalar.Span, $"`{visit.Name}` is at most {max.ToString(CultureInfo.InvariantCulture)}, and this is more. {OrChange(field, "Correct it", "max")}");
        }
    }

    private static IEnumerable<Fault> BadDuration(SourceText text, FieldVisit visit, YamlNode value, StorySettings settings)
    {
        if (WrittenDuration.Of(value, StoryCalendar.Of(settings.Calendar)) is { Fault: { } fault })
        {
            yield return new(OneLine(text, value), $"`{visit.Name}` takes a length of time. {fault} Write it as `2 hours` or `PT2H`.");
        }
    }

    private static IEnumerable<Fault> BadCalendar(SourceText text, YamlNode value) =>
        StoryCalendar.Of(value).Faults.Select(fault => new Fault(OneLine(text, fault.Node), fault.Reason + " Until then no date is understood."));

    private static IEnumerable<Fault> BadBoolean(FieldVisit visit, YamlScalar scalar)
    {
        var flag = scalar.AsBoolean();
        if (flag is null || scalar.Style != YamlScalarStyle.Plain)
        {
            var converted = flag ?? scalar.Value.Trim().ToLowerInvariant() switch { "y" => true, "n" => false, _ => null };
            yield return new(
                SpanOf(scalar),
                flag is null
                    ? $"`{visit.Name}` is true or false, and `{Shortened(scalar.Value)}` is neither. Write `true` or `false`."
                    : $"`{visit.Name}` is true or false, and in quotes `{Shortened(scalar.Value)}` is a text. Take the quotes away.",
                converted is { } known ? known ? "true" : "false" : null);
        }
    }

    private static IEnumerable<Fault> BadItems(SourceText text, FieldVisit visit)
    {
        var field = visit.Field;
        var items = FieldWalk.IsWikilink(visit.Value) ? [visit.Value] : visit.Value.AsList();
        if (field.MinItems is { } least && items.Count < least)
        {
            yield return new(OneLine(text, visit.Value), $"`{visit.Name}` wants at least {Count(least, "entry")}, and there {(items.Count == 1 ? "is 1" : $"are {items.Count}")}. {OrChange(field, "Add what is missing", "minItems")}");
        }

        if (field.MaxItems is { } most && items.Count > most)
        {
            yield return new(OneLine(text, items[most]), $"`{visit.Name}` takes at most {Count(most, "entry")}, and there are {items.Count}. {OrChange(field, "Take some away", "maxItems")}");
        }

        if (field.Unique)
        {
            var seen = new Dictionary<string, TextSpan>(StringComparer.Ordinal);
            foreach (var item in items)
            {
                var key = item.AsText() ?? text.Slice(item.Span);
                if (!seen.TryAdd(key, item.Span))
                {
                    yield return new(OneLine(text, item), $"`{Shortened(key)}` stands twice in `{visit.Name}`, where every entry is to be another. Remove one of them.", Earlier: seen[key]);
                }
            }
        }
    }

    // 1_000 and 0x10 are numbers to YAML tools of one age or another.
    private static double? Number(string text)
    {
        text = text.Trim().Replace("_", "", StringComparison.Ordinal);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex))
        {
            return hex;
        }

        return null;
    }

    private static string? PlainNumber(string text, bool isWhole)
    {
        var digits = text.Trim();
        var isGrouped = Grouped().IsMatch(digits);
        return isGrouped && Number(digits.Replace(",", "", StringComparison.Ordinal)) is { } number && (!isWhole || double.IsInteger(number))
            ? digits.Replace(",", "", StringComparison.Ordinal)
            : null;
    }

    private static Regex Grouped() => Patterns.GetOrAdd(@"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", Compile);

    private static bool Matches(string pattern, string text)
    {
        if (Patterns.Count > MostPatterns)
        {
            Patterns.Clear();
        }

        return Patterns.GetOrAdd(pattern, Compile).IsMatch(text);
    }

    private static Regex Compile(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static string Kind(YamlNode node) => node switch
    {
        YamlSequence => "a list",
        YamlMapping => "a list of `key: value` pairs",
        _ => "a single value",
    };

    private static string Keys(FieldSchema field) =>
        field.Fields.Count == 0 ? "" : $" ({string.Join(", ", field.Fields.Take(6).Select(inner => $"`{inner.Name}`"))})";

    // What ships is not the writer's to change.
    private static string OrChange(FieldSchema field, string wanted, string bound) =>
        field.Path is null ? wanted + "." : $"{wanted}, or change `{bound}` in the schema.";

    private static string Count(int count, string noun) => $"{count} {(count == 1 ? noun : noun == "entry" ? "entries" : noun + "s")}";

    private static string Shown(string text) => text.Length <= 40 && !text.Contains('\n') ? $"`{text}`" : "a single value";

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static TextSpan SpanOf(YamlScalar scalar) => scalar.Span.IsEmpty ? scalar.ContentSpan : scalar.Span;

    // A list or mapping that runs over many lines is marked on its first one.
    private static TextSpan OneLine(SourceText text, YamlNode node)
    {
        var line = text.GetLineSpan(text.GetPosition(node.Span.Start).Line);
        return TextSpan.FromBounds(node.Span.Start, Math.Max(node.Span.Start, Math.Min(node.Span.End, line.End)));
    }
}
