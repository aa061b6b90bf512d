using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Runs;

/// <summary>The pipeline <c>synopsis</c>: reads a scene, asks the provider, and proposes the field. It writes nothing.</summary>
public static class SynopsisRun
{
    /// <summary>The pipeline's name.</summary>
    public const string Pipeline = "synopsis";

    /// <summary>Runs it.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="client">The provider.</param>
    /// <param name="progress">What is being done, for people.</param>
    /// <param name="cancellationToken">Stops the run; nothing is left behind.</param>
    /// <exception cref="ProviderException">There is nothing to propose; the message says why.</exception>
    public static async Task<Proposal> RunAsync(
        Snapshot snapshot,
        Container scene,
        IChatClient client,
        IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        progress?.Report("Reading the scene");
        var document = snapshot.Document(scene.Path) ?? throw Nothing("The scene's file cannot be read.");
        var context = ContextCompiler.OfScene(snapshot, scene);
        if (string.IsNullOrWhiteSpace(context.Prose))
        {
            throw Nothing($"“{scene.Name}” has no prose yet, so there is nothing to summarize.");
        }

        progress?.Report("Waiting for the answer");
        var response = await client.GetResponseAsync(SynopsisPrompt.For(context), new ChatOptions { Temperature = 0.2f, MaxOutputTokens = 300 }, cancellationToken)
            .ConfigureAwait(false);
        var synopsis = OneLine(response.Text);
        if (synopsis.Length == 0)
        {
            throw new ProviderException(ProviderFailure.Empty, "The answer was empty. Nothing was changed; try again.");
        }

        var edit = SynopsisEdit.Of(document, scene.Fact, synopsis) ?? throw Nothing($"“{scene.Name}” has no attributes to which a synopsis could be added.");
        return ToProposal(snapshot, scene, document.Text, edit, response.ModelId ?? "unknown");
    }

    private static Proposal ToProposal(Snapshot snapshot, Container scene, SourceText text, TextEdit edit, string model)
    {
        var id = NewId();
        var origin = model == OfflineChatClient.ModelId
            ? "Sentences picked from the scene itself, without a model (offline)."
            : $"Written by the model {model}.";
        return new Proposal
        {
            Id = id,
            Run = id,
            Pipeline = Pipeline,
            Model = model,
            Origin = origin,
            Input = snapshot.IdOf(scene),
            Base = [new(scene.Path, Convert.ToHexStringLower(text.ContentHash))],
            Hunks = [new(1, scene.Path, edit.Span.Start, text.Slice(edit.Span), edit.NewText, $"Write the synopsis of “{scene.Name}”")],
        };
    }

    // A field of one line cannot break the YAML around it, whatever the model wrote.
    private static string OneLine(string text)
    {
        var words = new string([.. text.Select(unit => char.IsControl(unit) ? ' ' : unit)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words).Trim();
        return line.Length > 1 && line[0] == '"' && line[^1] == '"' && line.IndexOf('"', 1) == line.Length - 1 ? line[1..^1].Trim() : line;
    }

    private static ProviderException Nothing(string message) => new(ProviderFailure.NotConfigured, message);

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
