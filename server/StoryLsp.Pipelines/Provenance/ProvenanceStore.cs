using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>Keeps provenance as text files in <c>.story/provenance/</c>, one for each proposal.</summary>
/// <param name="root">The workspace's root.</param>
public sealed class ProvenanceStore(string root)
{
    /// <summary>Where the files are, from the root, with <c>/</c>.</summary>
    public const string Folder = ".story/provenance";

    private readonly string _folder = Path.Combine(root, ".story", "provenance");

    /// <summary>The record of a proposal; null where nothing of it was accepted, or its file is damaged.</summary>
    public ProvenanceRecord? Load(string proposal) => IsId(proposal) ? Read(PathOf(proposal)) : null;

    /// <summary>All records, by proposal; damaged files are passed over (see <see cref="Damaged"/>).</summary>
    public IReadOnlyList<ProvenanceRecord> All() => [.. Files().Select(Read).OfType<ProvenanceRecord>()];

    /// <summary>The files that are no records, as after a merge that nobody has finished: workspace-relative with <c>/</c>. What they say is not known, and must not be taken for a person's own.</summary>
    public IReadOnlyList<string> Damaged() => [.. Files().Where(file => Read(file) is null).Select(file => $"{Folder}/{Path.GetFileName(file)}")];

    /// <summary>The record in the text of such a file; null where it is none.</summary>
    public static ProvenanceRecord? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ReadableProvenanceJson.Record) is { } record && record.Hunks.All(hunk => hunk is { Sentences: not null }) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Adds accepted hunks to a record, and makes it where there is none; a hunk that stands there already is left as it is.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal void Add(ProvenanceRecord record)
    {
        if (With(record) is not { } text)
        {
            return;
        }

        var path = Path.Combine(root, PathFor(record.Proposal));
        try
        {
            WholeFile.Write(path, text);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException("The folder .story/provenance cannot be written.", exception);
        }
    }

    /// <summary>The text that a proposal's file has with more hunks; null where it has them already.</summary>
    internal string? With(ProvenanceRecord record)
    {
        var known = Read(Path.Combine(root, PathFor(record.Proposal)));
        var added = record.Hunks.Where(hunk => known?.Hunks.Any(other => other.Hunk == hunk.Hunk) is not true).ToList();
        var whole = known is null ? record with { Hunks = added } : known with { Hunks = [.. known.Hunks, .. added] };
        return added.Count == 0 ? null : JsonSerializer.Serialize(whole, ReadableProvenanceJson.Record) + "\n";
    }

    /// <summary>The workspace-relative path of the file that takes more of a proposal: where its own is damaged one beside it, so that nothing that stands there is lost.</summary>
    internal string PathFor(string proposal)
    {
        for (var number = 1; ; number++)
        {
            var path = $"{Folder}/{proposal}{(number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}"))}.json";
            var full = Path.Combine(root, path);
            if (!File.Exists(full) || Read(full) is not null)
            {
                return path;
            }
        }
    }

    private IEnumerable<string> Files()
    {
        try
        {
            return !Directory.Exists(_folder) ? [] : Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static ProvenanceRecord? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(char.IsAsciiLetterOrDigit);

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProvenanceRecord))]
internal sealed partial class ProvenanceJson : JsonSerializerContext;

/// <summary>The same, with prose that stays readable in the file.</summary>
internal static class ReadableProvenanceJson
{
    public static JsonTypeInfo<ProvenanceRecord> Record { get; } = new ProvenanceJson(new JsonSerializerOptions(ProvenanceJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    }).ProvenanceRecord;
}
