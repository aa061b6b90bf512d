using System.Globalization;
using System.Text.Json;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Pipelines.Files;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Reads an answer strictly: what it is, and what is wrong with it in words that a model and a person understand.</summary>
internal static class AnswerCheck
{
    private const int MostProblems = 20;

    private static readonly string[] PromptMarks = ["<<<DATA", "<<<END DATA", "<!-- storylsp:", "<|im_start|>", "<|im_end|>"];

    /// <summary>A longer text cannot be meant, in UTF-16 code units for each word that is allowed.</summary>
    private const int UnitsOfWord = 14;

    /// <summary>The answer without the fence of code that models like to put around it.</summary>
    public static string Bare(GenerateStep step, string text)
    {
        text = Visible(text).Trim();
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.IndexOf('\n') is not (> 0 and var line) || text.Length < line + 4)
        {
            return text;
        }

        // A fence inside belongs to the text itself.
        var inner = text[(line + 1)..^3];
        return inner.Contains("\n```", StringComparison.Ordinal) ? text : inner.Trim('\n', '\r');
    }

    // What nobody sees must not come into a story: control characters, and marks that turn the direction of reading.
    private static string Visible(string text) =>
        text.Any(IsUnseen) ? new string([.. text.Where(unit => !IsUnseen(unit))]) : text;

    private static bool IsUnseen(char unit) =>
        (char.IsControl(unit) && unit is not ('\n' or '\r' or '\t')) || unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF' or '\u2028' or '\u2029';

    /// <summary>What is wrong with an answer; empty when it is what was asked for.</summary>
    public static IReadOnlyList<string> Problems(GenerateStep step, string answer)
    {
        var problems = new List<string>();
        if (!answer.Any(char.IsLetterOrDigit))
        {
            problems.Add("The answer was empty.");
            return problems;
        }

        if (PromptMarks.Any(mark => answer.Contains(mark, StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add("The answer repeats parts of the prompt, with the marks that stand around its data.");
        }

        if (step.MaxWords is { } most && (WordsIn(answer) > most || answer.Length > most * UnitsOfWord))
        {
            problems.Add(FormattableString.Invariant($"The answer has more than {most} words."));
        }

        if (step.Output == OutputKind.Json)
        {
            CheckJson(step.Schema, answer, problems);
        }
        else if (step.Output == OutputKind.Yaml)
        {
            var tree = YamlParser.Parse(SourceText.From(answer));
            problems.AddRange(tree.Errors.Select(error => $"It is no YAML: {error.Message}"));
            if (tree.Documents.FirstOrDefault()?.Root.Resolve() is not YamlMapping)
            {
                problems.Add("It is no YAML file with keys and values.");
            }
        }

        return [.. problems.Take(MostProblems)];
    }

    private static int WordsIn(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static void CheckJson(IReadOnlyList<FieldSchema> fields, string answer, List<string> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            CheckObject(fields, document.RootElement, "the answer", problems);
        }
        catch (JsonException exception)
        {
            problems.Add(exception.LineNumber is { } line
                ? FormattableString.Invariant($"It is no JSON: it breaks at line {line + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}.")
                : "It is no JSON.");
        }
    }

    private static void CheckObject(IReadOnlyList<FieldSchema> fields, JsonElement element, string at, List<string> problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{at} is not an object.");
            return;
        }

        foreach (var property in element.EnumerateObject().Where(property => fields.Count > 0 && fields.All(field => field.Name != property.Name)))
        {
            problems.Add($"{at} has a field `{property.Name}` that was not asked for.");
        }

        foreach (var field in fields)
        {
            if (element.TryGetProperty(field.Name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                CheckValue(field, value, at == "the answer" ? $"`{field.Name}`" : $"{at}.`{field.Name}`", problems);
            }
            else if (field.Required)
            {
                problems.Add($"{at} lacks `{field.Name}`.");
            }
        }
    }

    private static void CheckValue(FieldSchema field, JsonElement value, string at, List<string> problems)
    {
        if (problems.Count > MostProblems)
        {
            return;
        }

        switch (field.Type)
        {
            case FieldType.Object or FieldType.Container:
                CheckObject(field.Fields, value, at, problems);
                break;
            case FieldType.List:
                CheckList(field, value, at, problems);
                break;
            case FieldType.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                problems.Add($"{at} is not true or false.");
                break;
            case FieldType.Integer or FieldType.Number:
                CheckNumber(field, value, at, problems);
                break;
            case FieldType.Enum when value.ValueKind != JsonValueKind.String || !field.Options.Contains(value.GetString()!):
                problems.Add($"{at} is none of {string.Join(", ", field.Options)}.");
                break;
            case FieldType.String or FieldType.Text or FieldType.Date or FieldType.Duration or FieldType.Reference:
                CheckText(field, value, at, problems);
                break;
        }
    }

    private static void CheckList(FieldSchema field, JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"{at} is not a list.");
            return;
        }

        var count = value.GetArrayLength();
        if (count < (field.MinItems ?? 0) || count > (field.MaxItems ?? int.MaxValue))
        {
            problems.Add(FormattableString.Invariant($"{at} has {count} entries; it may have {field.MinItems ?? 0} to {field.MaxItems?.ToString(CultureInfo.InvariantCulture) ?? "any number"}."));
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            index++;
            if (field.Of is { } of)
            {
                CheckValue(of, item, FormattableString.Invariant($"{at} entry {index}"), problems);
            }
        }
    }

    private static void CheckNumber(FieldSchema field, JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || (field.Type == FieldType.Integer && number != Math.Floor(number)))
        {
            problems.Add($"{at} is not a {(field.Type == FieldType.Integer ? "whole number" : "number")}.");
        }
        else if (number < (field.Min ?? double.MinValue) || number > (field.Max ?? double.MaxValue))
        {
            problems.Add(FormattableString.Invariant($"{at} is {number}, which is out of its bounds."));
        }
    }

    private static void CheckText(FieldSchema field, JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add($"{at} is not a text.");
        }
        else if (value.GetString()!.Length is var length && (length < (field.MinLength ?? 0) || length > (field.MaxLength ?? int.MaxValue)))
        {
            problems.Add($"{at} is too {(length < (field.MinLength ?? 0) ? "short" : "long")}.");
        }
    }
}
