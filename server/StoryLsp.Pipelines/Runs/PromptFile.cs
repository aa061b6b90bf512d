using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Runs;

/// <summary>What stands above the prompt in its file.</summary>
internal sealed record PromptManifest
{
    public required string Run { get; init; }

    public required string Pipeline { get; init; }

    public required int Step { get; init; }

    public required string Input { get; init; }

    /// <summary>The container at whose place in the story the run stands, where that is not its input.</summary>
    public string? Place { get; init; }

    public required string Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>What a person should know before they work on the prompt.</summary>
    public string? Note { get; init; }

    public ContextText? Context { get; init; }
}

/// <summary>
/// The prompt of a paused run as a file that a person opens: a manifest, and two parts. What is left in the parts is what is sent, letter by letter.
/// </summary>
public static class PromptFile
{
    private const string System = "<!-- storylsp: system -->";
    private const string User = "<!-- storylsp: user -->";

    /// <summary>The workspace-relative path of the file of a run.</summary>
    /// <param name="run">The run's id.</param>
    public static string PathOf(string run) => $".story/runs/{run}/prompt.md";

    /// <summary>The text of the file.</summary>
    internal static string Write(PromptManifest manifest, PromptText prompt)
    {
        var result = new StringBuilder("---\n");
        Line(result, "run", manifest.Run);
        Line(result, "pipeline", manifest.Pipeline);
        result.Append(CultureInfo.InvariantCulture, $"step: {manifest.Step}\n");
        Line(result, "input", manifest.Input);
        if (manifest.Place is { } place)
        {
            Line(result, "place", place);
        }

        Line(result, "provider", manifest.Provider);
        if (manifest.Model is { } model)
        {
            Line(result, "model", model);
        }

        if (manifest.Note is { } note)
        {
            Line(result, "note", note);
        }

        result.Append(CultureInfo.InvariantCulture, $"tokens: {Secrets.Tokens.Estimate(prompt.System) + Secrets.Tokens.Estimate(prompt.User)}\n");
        if (manifest.Context is { Items.Count: > 0 } context)
        {
            result.Append("context:\n");
            foreach (var item in context.Items)
            {
                result.Append(CultureInfo.InvariantCulture, $"  - {{container: {Quoted(item.Container)}, why: {Quoted(item.Why)}, tokens: {item.Tokens}}}\n");
            }
        }

        if (manifest.Context is { LeftOut.Count: > 0 } left)
        {
            result.Append("left_out:\n");
            foreach (var phrase in left.LeftOut)
            {
                result.Append("  - ").Append(Quoted(phrase)).Append('\n');
            }
        }

        return result.Append("---\n\n").Append(System).Append("\n\n").Append(prompt.System.Trim('\n')).Append("\n\n").Append(User).Append("\n\n").Append(prompt.User.Trim('\n')).Append('\n').ToString();
    }

    /// <summary>Reads what a person left; the fault is a sentence for them where the two parts cannot be told apart.</summary>
    /// <param name="text">The text of the file.</param>
    public static (PromptText? Prompt, string? Fault) Read(string text)
    {
        text = text.ReplaceLineEndings("\n");
        var system = LineOf(text, System, 0);
        var user = system < 0 ? -1 : LineOf(text, User, system + System.Length);
        if (user < 0)
        {
            return (null, $"The prompt file has lost its line `{(system < 0 ? System : User)}`, so nobody can tell what is to be sent. Put the line back, above the {(system < 0 ? "first" : "second")} part, and resume.");
        }

        var (model, fault) = ModelOf(text[..system]);
        if (fault is not null)
        {
            return (null, fault);
        }

        var prompt = new PromptText
        {
            System = text[(system + System.Length)..user].Trim('\n'),
            User = text[(user + User.Length)..].Trim('\n'),
            Model = model,
        };
        return prompt.User.Trim().Length + prompt.System.Trim().Length > 0 ? (prompt, null) : (null, "The prompt is empty, so there is nothing to send. Write one, or drop the run.");
    }

    private static (string? Model, string? Fault) ModelOf(string head)
    {
        if (!head.StartsWith("---\n", StringComparison.Ordinal))
        {
            return (null, null);
        }

        if (head.IndexOf("\n---", StringComparison.Ordinal) is not (> 0 and var end))
        {
            return (null, "The head of the prompt file begins with `---` and never ends. Put a line `---` back above the first part, and resume.");
        }

        var text = SourceText.From(head[4..(end + 1)]);
        var tree = YamlParser.Parse(text);
        return tree.Errors is [var error, ..]
            ? (null, FormattableString.Invariant($"The head of the prompt file cannot be read at its line {text.GetPosition(Math.Min(error.Span.Start, text.Length)).Line + 2}, so nobody can tell which model is meant. Mend the line, or take it out, and resume."))
            : (tree.Documents.FirstOrDefault()?.Root.Get("model").AsText()?.Trim() is { Length: > 0 } model ? model : null, null);
    }

    // Prose that quotes the mark in the middle of a line is prose.
    private static int LineOf(string text, string mark, int from)
    {
        for (var at = text.IndexOf(mark, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || text[at - 1] == '\n') && (at + mark.Length == text.Length || text[at + mark.Length] == '\n'))
            {
                return at;
            }
        }

        return -1;
    }

    private static void Line(StringBuilder result, string key, string value) => result.Append(key).Append(": ").Append(Quoted(value)).Append('\n');

    private static string Quoted(string value) => value.Length > 0 && value.All(unit => char.IsAsciiLetter(unit) || unit == '-') ? value : YamlText.Quoted(value);
}
