using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Keeps proposals as text files in <c>.story/proposals/</c>, meant for git.</summary>
public sealed class ProposalStore(string root)
{
    private readonly string _folder = Path.Combine(root, ".story", "proposals");

    /// <summary>Writes a proposal; gives the workspace-relative path of its file.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public string Save(Proposal proposal)
    {
        Directory.CreateDirectory(_folder);
        var path = PathOf(proposal.Id);
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(proposal, ReadableProposalJson.Proposal) + "\n", new UTF8Encoding(false));
        File.Move(temporary, path, overwrite: true);
        return ".story/proposals/" + proposal.Id + ".json";
    }

    /// <summary>Reads a proposal; null when there is none of that id, or its file is damaged.</summary>
    public Proposal? Load(string id)
    {
        // An id comes from a person or a client: it must not lead out of the folder.
        if (id.Length == 0 || !id.All(char.IsAsciiLetterOrDigit) || !File.Exists(PathOf(id)))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(PathOf(id)), ReadableProposalJson.Proposal);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The ids of all proposals, oldest first.</summary>
    public IReadOnlyList<string> List() => !Directory.Exists(_folder) ? [] :
        [.. new DirectoryInfo(_folder).EnumerateFiles("*.json").OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file.Name))];

    /// <summary>Removes a proposal; whether there was one.</summary>
    public bool Remove(string id)
    {
        if (Load(id) is null)
        {
            return false;
        }

        File.Delete(PathOf(id));
        return true;
    }

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Proposal))]
internal sealed partial class ProposalJson : JsonSerializerContext;

/// <summary>The same, with prose that stays readable in the file: a reviewer sees letters, not escapes.</summary>
internal static class ReadableProposalJson
{
    public static JsonTypeInfo<Proposal> Proposal { get; } = new ProposalJson(new JsonSerializerOptions(ProposalJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    }).Proposal;
}
