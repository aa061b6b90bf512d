using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Runs;

/// <summary>The pipeline <c>synopsis</c>: reads a scene, asks the provider, and proposes the field. It writes nothing.</summary>
public static partial class SynopsisRun
{
    /// <summary>The pipeline's name.</summary>
    public const string Pipeline = "synopsis";

    /// <summary>A longer answer is no synopsis; in words, or in UTF-16 code units for scripts without spaces.</summary>
    private const int MostWords = 300;

    private const int MostUnits = 4000;

    /// <summary>The longest prose that is sent, in UTF-16 code units: a whole novel in one scene is a slip, and costs.</summary>
    private const int LongestProse = 2_000_000;

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
        scene = Today(document, scene) ?? throw Nothing("The scene's file was changed in this moment. Try again.");
        var context = ContextCompiler.OfScene(snapshot, scene, document);
        RequireField(snapshot, scene, context.Name);
        RequireProse(context);

        progress?.Report("Waiting for the answer");
        var response = await client.GetResponseAsync(SynopsisPrompt.For(context), new ChatOptions(), cancellationToken).ConfigureAwait(false);
        var synopsis = OneLine(response.Text);
        RequireSynopsis(synopsis);
        cancellationToken.ThrowIfCancellationRequested();
        var reading = new ReadingContext(snapshot.Schemas, snapshot.Settings, []);
        var edit = SynopsisEdit.Of(document, scene.Fact, synopsis, reading)
            ?? throw Nothing($"There is no place in “{context.Name}” where a synopsis can be written safely. Add a line `synopsis:` to its attributes, and run this again.");
        return ToProposal(snapshot, context, document.Text, edit, response.ModelId ?? "unknown");
    }

    // A snapshot and the text of an open buffer may be of two moments; offsets count only within one.
    private static Container? Today(Document document, Container scene)
    {
        var containers = document.Facts.Containers;
        var fact = scene.Fact.Index < containers.Count && containers[scene.Fact.Index].Id == scene.Fact.Id
            ? containers[scene.Fact.Index]
            : containers.Where(candidate => candidate.Id == scene.Fact.Id).Take(2).ToList() is [var only] ? only : null;
        return fact is null ? null : new Container(document.Facts, fact);
    }

    private static void RequireField(Snapshot snapshot, Container scene, string name)
    {
        if (snapshot.Schemas.Find(scene.Type)?.FindField(SynopsisEdit.Field) is not { Type: FieldType.Text or FieldType.String or FieldType.Any } field)
        {
            throw Nothing($"“{name}” is of the type `{scene.Type}`, which has no field `synopsis`. Run this on a scene.");
        }

        if (field.Secret || scene.Fact.Fields.Any(written => written.Name == field.Name && SecretParts.Of(snapshot, scene.Document).PublicField(scene.Type, written) is null))
        {
            throw Nothing($"The synopsis of “{name}” is secret in this workspace, so no model reads or writes it.");
        }
    }

    private static void RequireProse(SceneContext context)
    {
        if (!context.Prose.Any(char.IsLetterOrDigit))
        {
            throw Nothing($"“{context.Name}” has no prose yet, so there is nothing to summarize.");
        }

        if (context.Prose.Length > LongestProse)
        {
            throw Nothing($"“{context.Name}” is too long to be sent to a model as one scene.");
        }
    }

    private static void RequireSynopsis(string synopsis)
    {
        if (!synopsis.Any(char.IsLetterOrDigit))
        {
            throw new ProviderException(ProviderFailure.Empty, "The answer was empty. Nothing was changed; try again.");
        }

        if (synopsis.Length > MostUnits || synopsis.Count(unit => unit == ' ') >= MostWords)
        {
            throw new ProviderException(ProviderFailure.Unreadable, $"The answer is no synopsis: it has more than {MostWords} words. Nothing was changed; try again.");
        }
    }

    private static Proposal ToProposal(Snapshot snapshot, SceneContext context, SourceText text, TextEdit edit, string model)
    {
        var id = NewId();
        var path = context.Scene.Path;
        var input = snapshot.IdOf(context.Scene);
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
            // An id that is made of a secret is as secret.
            Input = context.Items[0].Container == input ? input : path,
            Base = [new(path, Convert.ToHexStringLower(text.ContentHash))],
            Hunks = [Hunk.Of(1, path, text, edit, $"Write the synopsis of “{context.Name}”")],
        };
    }

    // A field of one line without links cannot break the YAML around it or refer to anything, whatever the model wrote.
    private static string OneLine(string text)
    {
        text = Wikilink().Replace(text, "$1");
        var words = new string([.. text.Select(unit => char.IsControl(unit) ? ' ' : unit)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words).Trim();
        return line.Length > 1 && line[0] == '"' && line[^1] == '"' && line.IndexOf('"', 1) == line.Length - 1 ? line[1..^1].Trim() : line;
    }

    [GeneratedRegex(@"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex Wikilink();

    private static ProviderException Nothing(string message) => new(ProviderFailure.NothingToDo, message);

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
