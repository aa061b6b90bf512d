using Microsoft.Extensions.AI;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Pipelines.Offline;

/// <summary>What an algorithm works on. Its words come from the messages alone, as the person left them; the rest tells it where things stand.</summary>
/// <param name="Messages">The prompt as it would be sent.</param>
/// <param name="Snapshot">The workspace.</param>
/// <param name="Subject">What the run is about; null: no container.</param>
/// <param name="Findings">What the rules find.</param>
/// <param name="Asked">The findings that are to be mended, with the workspace-relative paths of their documents.</param>
public sealed record OfflineInput(
    IReadOnlyList<ChatMessage> Messages, Snapshot Snapshot, Container? Subject, Findings Findings, IReadOnlyList<(string Path, Finding Finding)> Asked);

/// <summary>What the provider <c>offline</c> is to do for a step. It travels with the request, and no provider sends it.</summary>
/// <param name="Algorithm">The algorithm's name, as the pipeline's <c>offline:</c> says; null: there is no honest one for the step.</param>
/// <param name="Input">What it works on.</param>
public sealed record OfflineTask(string? Algorithm, OfflineInput Input)
{
    /// <summary>The key of <see cref="ChatOptions.AdditionalProperties"/> under which it stands.</summary>
    public const string Key = "storylsp.offline";
}

/// <summary>An algorithm that does the work of a step without a model. It is deterministic, and never fails whatever stands in the prompt.</summary>
public interface IOfflineAlgorithm
{
    /// <summary>The name by which a pipeline calls it.</summary>
    string Name { get; }

    /// <summary>What a proposal calls it, as <c>offline-extractive</c>.</summary>
    string ModelId { get; }

    /// <summary>The answer.</summary>
    /// <param name="input">What it works on.</param>
    /// <exception cref="Providers.ProviderException">There is nothing that it could work on; the message says what.</exception>
    string Answer(OfflineInput input);
}
