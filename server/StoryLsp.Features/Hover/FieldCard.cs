using System.Globalization;
using System.Text;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Hover;

/// <summary>A card of a field: what it is for, and what it takes.</summary>
internal static class FieldCard
{
    /// <summary>The card as Markdown.</summary>
    /// <param name="key">The key as written.</param>
    /// <param name="field">The field that it means.</param>
    /// <param name="schema">The schema that it belongs to, or null.</param>
    public static string Write(string key, FieldSchema field, Schema? schema)
    {
        var card = new StringBuilder();
        card.Append("**").Append(MarkdownText.Escape(key)).Append("** · ").Append(TypeOf(field));
        if (schema is not null)
        {
            card.Append(" · ").Append(MarkdownText.Code(schema.Name));
        }

        if (field.Description is { Length: > 0 } description)
        {
            card.Append("\n\n").Append(MarkdownText.Escape(description));
        }

        foreach (var line in Facts(key, field))
        {
            card.Append("\n\n").Append(line);
        }

        return card.ToString();
    }

    /// <summary>The type of a field in words.</summary>
    public static string TypeOf(FieldSchema field) => field.Type switch
    {
        FieldType.Reference => field.Target is null ? "reference" : field.Target,
        FieldType.Container => field.Target is null ? "container" : "container: " + field.Target,
        FieldType.List => field.Of is null || field.Of.Type == FieldType.Any ? "list" : "list of " + TypeOf(field.Of),
        _ => field.Type.ToString().ToLowerInvariant(),
    };

    private static IEnumerable<string> Facts(string key, FieldSchema field)
    {
        var options = field.Options.Count > 0 ? field.Options : field.Of?.Options ?? [];
        if (options.Count > 0)
        {
            yield return "One of " + string.Join(", ", options.Select(MarkdownText.Code)) + ".";
        }

        if (Bounds(field) is { } bounds)
        {
            yield return bounds;
        }

        if (field.Default is { Length: > 0 } standard)
        {
            yield return "Usually " + MarkdownText.Code(standard) + ".";
        }

        if (field.Required)
        {
            yield return "It is required.";
        }

        if (field.Secret)
        {
            yield return "*Secret: it never reaches a model.*";
        }

        if (field.Deprecated is { } replacement)
        {
            yield return replacement.Length == 0 ? "*It should no longer be used.*" : $"*It should no longer be used; write {MarkdownText.Code(replacement)}.*";
        }

        var names = field.Synonyms.Append(field.Name).Where(name => name.Length > 0 && !name.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList();
        if (names.Count > 0)
        {
            yield return "Also written " + string.Join(", ", names.Select(MarkdownText.Code)) + ".";
        }
    }

    private static string? Bounds(FieldSchema field) => (field.Min, field.Max) switch
    {
        ({ } min, { } max) => $"From {Number(min)} to {Number(max)}.",
        ({ } min, null) => $"At least {Number(min)}.",
        (null, { } max) => $"At most {Number(max)}.",
        _ => null,
    };

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
