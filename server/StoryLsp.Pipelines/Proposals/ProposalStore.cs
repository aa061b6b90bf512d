using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Keeps proposals as text files in <c>.story/proposals/</c>, meant for git.</summary>
public sealed class ProposalStore(string root)
{
    private readonly string _folder = Path.Combine(root, ".story", "proposals");

    /// <summary>Writes a proposal, whole or not at all; gives the workspace-relative path of its file.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public string Save(Proposal proposal)
    {
        if (!IsId(proposal.Id))
        {
            throw new ArgumentException("The id of a proposal is made of letters and digits.", nameof(proposal));
        }

        try
        {
            WholeFile.Write(PathOf(proposal.Id), TextOf(proposal));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException("The folder .story/proposals cannot be written.", exception);
        }

        return RelativePath(proposal.Id);
    }

    /// <summary>The text of a proposal's file.</summary>
    internal static string TextOf(Proposal proposal) => JsonSerializer.Serialize(proposal, ReadableProposalJson.Proposal) + "\n";

    /// <summary>The workspace-relative path of a proposal's file.</summary>
    public static string RelativePath(string id) => ".story/proposals/" + id + ".json";

    /// <summary>Reads a proposal; null when there is none of that id, or its file is damaged.</summary>
    public Proposal? Load(string id)
    {
        if (!IsId(id) || !File.Exists(PathOf(id)))
        {
            return null;
        }

        try
        {
            var proposal = JsonSerializer.Deserialize(File.ReadAllText(PathOf(id)), ReadableProposalJson.Proposal);
            return proposal is not null && IsSound(proposal, id) ? WithDefaults(proposal) : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a file of that id which cannot be read as a proposal: it is cut off, say, or has the marks of a merge.</summary>
    public bool IsDamaged(string id) => IsId(id) && File.Exists(PathOf(id)) && Load(id) is null;

    /// <summary>The ids of all proposals, oldest first.</summary>
    public IReadOnlyList<string> List()
    {
        try
        {
            return !Directory.Exists(_folder) ? [] :
            [
                .. new DirectoryInfo(_folder).EnumerateFiles("*.json")
                    .OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
                    .Select(file => Path.GetFileNameWithoutExtension(file.Name)).Where(IsId),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Removes a proposal, damaged or not; whether there was one.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public bool Remove(string id)
    {
        if (!IsId(id) || !File.Exists(PathOf(id)))
        {
            return false;
        }

        try
        {
            File.Delete(PathOf(id));
            return true;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException("The proposal cannot be removed from .story/proposals.", exception);
        }
    }

    // What a former version did not write is not there.
    private static Proposal WithDefaults(Proposal proposal) => proposal.Decisions is not { Count: > 0 } ? proposal with { Decisions = Proposal.NoDecisions } : proposal;

    // An id comes from a person or a client: it must not lead out of the folder.
    private static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(char.IsAsciiLetterOrDigit);

    // A proposal may come from somebody else's branch: what it changes must lie inside the workspace.
    private static bool IsSound(Proposal proposal, string id) =>
        proposal.Id == id && proposal.Base.All(file => file is not null) &&
        proposal.Hunks.All(hunk => hunk is { Start: >= 0, Before.Length: >= 0, After.Length: >= 0 } && IsInside(hunk.File)) &&
        ParagraphBreaks.AreSound(proposal.Hunks);

    internal static bool IsInside(string path) =>
        path.Length > 0 && !path.AsSpan().ContainsAny('\\', ':', '\0') && path.Split('/').All(part => part is not ("" or "." or "..") && !part.StartsWith('.'));

    private string PathOf(string id) => Path.Combine(_folder, id + ".json");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
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
