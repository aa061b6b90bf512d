using System.Text.RegularExpressions;

namespace StoryLsp.Pipelines.Files;

/// <summary>The words of a prompt with <c>{{name}}</c> where something is put in; <c>{{!name}}</c> stands for <c>{{name}}</c> itself.</summary>
internal static partial class Template
{
    /// <summary>The names that a template asks for.</summary>
    public static IEnumerable<string> VariablesOf(string template) => Variable().Matches(template).Where(match => match.Groups[1].Length == 0).Select(match => match.Groups[2].Value);

    /// <summary>Puts the values in, in one pass: what a value says is never read as a template.</summary>
    public static string Fill(string template, Func<string, string> valueOf) => Variable().Replace(template, match => match.Groups[1].Length > 0 ? "{{" + match.Groups[2].Value + "}}" : valueOf(match.Groups[2].Value));

    [GeneratedRegex(@"\{\{ {0,3}(!?)([a-z0-9_-]{1,40}) {0,3}\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
