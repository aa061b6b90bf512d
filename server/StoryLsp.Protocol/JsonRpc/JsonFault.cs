using System.Text.Json;
using System.Text.RegularExpressions;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Says what is wrong with a message, in the words of the protocol.</summary>
internal static partial class JsonFault
{
    /// <summary>What is wrong, as the end of a sentence: what is missing, or where something else was to stand.</summary>
    public static string Of(JsonException fault)
    {
        var path = fault.Path is { Length: > 2 } known && known[0] == '$' ? known[2..] : "";
        if (Missing().Match(fault.Message) is { Success: true } missing)
        {
            var names = missing.Groups["name"].Captures.Select(name => $"`{(path.Length > 0 ? path + "." : "")}{name.Value}`").ToList();
            return "it needs " + (names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1]);
        }

        return path.Length > 0 ? $"what stands under `{path}` is of another kind than it should be" : "it is of another shape than it should be";
    }

    [GeneratedRegex(@"including: '(?<name>[^']{1,80})'(?:, '(?<name>[^']{1,80})')*", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();
}
