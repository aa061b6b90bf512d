using System.Globalization;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Settings;

/// <summary>Reads the part <c>ai</c> of <c>story.yaml</c>. What cannot be read keeps its default.</summary>
internal static class AiSettingsReader
{
    private const long MostSeconds = 86_400;

    public static AiSettings Read(YamlNode? node) => new()
    {
        Enabled = node.Get("enabled").AsBoolean() ?? node.AsBoolean() ?? true,
        Provider = node.Get("provider").AsText()?.ToLowerInvariant() ?? "offline",
        Endpoint = node.Get("endpoint").AsText(),
        Model = node.Get("model").AsText(),
        Models = node.Get("models").AsTexts(),
        ApiKeyEnvironmentVariable = node.Get("api_key_env").AsText(),
        ApiVersion = node.Get("api_version").AsText(),
        Headers = ReadHeaders(node.Get("headers")),
        Record = node.Get("record").AsText()?.ToLowerInvariant(),
        Replays = node.Get("replays").AsText(),
        Limits = ReadLimits(node.Get("limits")),
        Prices = ReadPrices(node.Get("prices")),
    };

    private static List<KeyValuePair<string, string?>> ReadHeaders(YamlNode? node)
    {
        var result = new List<KeyValuePair<string, string?>>();
        foreach (var entry in node.Resolve() is YamlMapping mapping ? mapping.Entries : [])
        {
            if (entry.Key.AsText() is { } name)
            {
                result.Add(new(name, entry.Value.Get("env").AsText()));
            }
        }

        return result;
    }

    private static AiLimits ReadLimits(YamlNode? node) => new()
    {
        RequestsPerMinute = Number(node.Get("requests_per_minute")) is > 0 and <= 1_000_000 and var requests ? (int)decimal.Ceiling(requests) : null,
        TokensPerRun = Number(node.Get("tokens_per_run")) is >= 0 and <= 1_000_000_000_000 and var tokens ? (long)tokens : null,
        CostPerRun = Number(node.Get("cost_per_run")) is >= 0 and var cost ? cost : null,
        Timeout = Seconds(node.Get("timeout").AsText()),
    };

    private static AiPrices? ReadPrices(YamlNode? node) =>
        Number(node.Get("input")) is >= 0 and <= 1_000_000_000 and var input && Number(node.Get("output")) is >= 0 and <= 1_000_000_000 and var output ? new(input, output) : null;

    private static decimal? Number(YamlNode? node) => Number(node.AsText());

    private static decimal? Number(string? text) =>
        decimal.TryParse(text?.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    // `90`, `90 s` and `2 minutes` are what people write.
    private static TimeSpan? Seconds(string? text)
    {
        var digits = text?.Trim() ?? "";
        var end = digits.Length;
        while (end > 0 && char.IsAsciiLetter(digits[end - 1]))
        {
            end--;
        }

        var unit = digits[end..].ToLowerInvariant() switch
        {
            "" or "s" or "sec" or "second" or "seconds" => 1m,
            "m" or "min" or "minute" or "minutes" => 60m,
            _ => 0m,
        };
        return unit > 0 && Number(digits[..end].Trim()) is > 0 and <= MostSeconds and var number && number * unit <= MostSeconds ? TimeSpan.FromSeconds((double)(number * unit)) : null;
    }
}
