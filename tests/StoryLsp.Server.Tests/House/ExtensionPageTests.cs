using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using NUnit.Framework;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Handlers;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.House;

/// <summary>The page on what the server speaks beyond the protocol says all of it, and nothing else.</summary>
public sealed partial class ExtensionPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "server", "StoryLsp.Server", "EXTENSIONS.md"));

    // Nothing on the page that the code would not read.
    private static readonly ExtensionJson Strict = new(new JsonSerializerOptions(ExtensionJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow });

    private static readonly Dictionary<string, JsonTypeInfo> Shown = new()
    {
        ["Argument of storylsp.run"] = Strict.RunArguments,
        ["Answer of storylsp.run"] = Strict.RunAnswer,
        ["Argument of storylsp.resume"] = Strict.ResumeArguments,
        ["Argument of storylsp.drop"] = Strict.RunReference,
        ["Answer of storylsp.drop"] = Strict.RunState,
        ["Argument of storylsp.changeModel"] = Strict.RunReference,
        ["Argument of storylsp.proposal.open"] = Strict.OpenArguments,
        ["Answer of storylsp.proposal.open"] = Strict.DecisionAnswer,
        ["Argument of storylsp.proposal.accept"] = Strict.DecideArguments,
        ["Argument of storylsp.history.checkout"] = Strict.CheckoutArguments,
        ["Answer of storylsp.history.checkout"] = Strict.CheckoutAnswer,
        ["Argument of storylsp.history.branch"] = Strict.BranchArguments,
        ["Answer of storylsp.history.branch"] = Strict.BranchAnswer,
        ["Argument of storylsp.remark.putAside"] = Strict.RemarkArguments,
        ["Answer of storylsp.remark.putAside"] = Strict.RemarkAnswer,
        ["Argument of storylsp.refactor"] = Strict.RefactorArguments,
        ["Answer of storylsp.refactor"] = Strict.RefactorAnswer,
        ["Argument of storylsp.show"] = Strict.ShowArguments,
        ["Answer of storylsp.show"] = Strict.ShowAnswer,
        ["Argument of storylsp.showPlaces"] = Strict.PlacesArguments,
        ["Argument of storylsp.synopsis"] = Strict.SynopsisArguments,
        ["Answer of storylsp.synopsis"] = Strict.SynopsisResult,
        ["Argument of storylsp.view"] = Strict.ViewArguments,
        ["Answer of storylsp.view"] = Strict.ViewAnswer,
        ["Params of storylsp/pipelines"] = Strict.StoryParams,
        ["Answer of storylsp/pipelines"] = Strict.PipelinesAnswer,
        ["Params of storylsp/runs"] = Strict.StoryParams,
        ["Answer of storylsp/runs"] = Strict.RunsAnswer,
        ["Params of storylsp/runEvents"] = Strict.RunEventsParams,
        ["Answer of storylsp/runEvents"] = Strict.RunEventsAnswer,
        ["Params of storylsp/proposal"] = Strict.ProposalParams,
        ["Answer of storylsp/proposal"] = Strict.ProposalsAnswer,
        ["Params of storylsp/history"] = Strict.HistoryParams,
        ["Answer of storylsp/history"] = Strict.HistoryAnswer,
        ["Params of storylsp/models"] = Strict.StoryParams,
        ["Answer of storylsp/models"] = Strict.ModelsAnswer,
        ["Params of storylsp/appearances"] = Strict.AppearancesParams,
        ["Answer of storylsp/appearances"] = Strict.AppearancesAnswer,
        ["Params of storylsp/bible"] = Strict.StoryParams,
        ["Answer of storylsp/bible"] = Strict.BibleAnswer,
        ["Params of storylsp/manuscript"] = Strict.StoryParams,
        ["Answer of storylsp/manuscript"] = Strict.ManuscriptAnswer,
        ["Params of storylsp/timeline"] = Strict.StoryParams,
        ["Answer of storylsp/timeline"] = Strict.TimelineAnswer,
        ["Params of storylsp/graph"] = Strict.GraphParams,
        ["Answer of storylsp/graph"] = Strict.GraphAnswer,
        ["Params of storylsp/facts"] = Strict.FactsParams,
        ["Params of storylsp/status"] = Strict.StatusParams,
        ["Answer of storylsp/status"] = Strict.StatusAnswer,
        ["Params of storylsp/export"] = Strict.ExportParams,
        ["Answer of storylsp/export"] = Strict.ExportAnswer,
        ["Params of storylsp/changed"] = Strict.ChangedNews,
        ["Params of storylsp/chat"] = Strict.ChatParams,
        ["Answer of storylsp/chat"] = Strict.ChatAnswer,
        ["Params of storylsp/chatPart"] = Strict.ChatPart,
        ["Params of storylsp/chatCancel"] = Strict.ChatReference,
        ["Answer of storylsp/chatModels"] = Strict.ChatModelsAnswer,
        ["Params of storylsp/secret"] = Strict.SecretParams,
        ["Answer of storylsp/secret"] = Strict.SecretAnswer,
        ["Params of storylsp/run"] = Strict.RunNews,
        ["Client"] = Strict.ExperimentalClientCapabilities,
        ["Experimental"] = Strict.ExperimentalCapabilities,
    };

    [Test]
    public void Every_name_in_the_code_has_its_heading()
    {
        var code = Directory.GetFiles(Path.Combine(Repository.Root, "server", "StoryLsp.Server"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).Distinct();
        Assert.That(Headings(), Is.EquivalentTo(code));
    }

    [Test]
    public async Task The_advertised_commands_are_those_of_the_page()
    {
        await using var editor = await EditorHarness.StartAsync("//- story.yaml\nstory: 1\n");
        var advertised = editor.Capabilities["experimental"]!["storylsp"]!["commands"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        var registered = await editor.HearsAsync("client/registerCapability", part => part["registrations"]![0]!["method"]!.GetValue<string>() == "workspace/executeCommand");
        var offered = editor.Capabilities["executeCommandProvider"]!["commands"]!.AsArray().Concat(registered.Params["registrations"]![0]!["registerOptions"]!["commands"]!.AsArray());
        Assert.That(advertised, Is.EqualTo(offered.Select(name => name!.GetValue<string>())));
        Assert.That(Headings().Where(name => name.StartsWith("storylsp.", StringComparison.Ordinal)), Is.EquivalentTo(advertised.Concat(ClientCommands.All)));
        Assert.That(JsonSerializer.Serialize(editor.Capabilities["experimental"]), Is.EqualTo(JsonSerializer.Serialize(Json("Experimental"))));
    }

    [Test]
    public void Every_example_is_what_the_code_reads_and_writes([ValueSource(nameof(Examples))] string title)
    {
        Assert.That(Shown, Contains.Key(title));
        var json = Json(title);
        var written = JsonSerializer.SerializeToElement(json.Deserialize(Shown[title]), Shown[title]);
        Assert.That(JsonElement.DeepEquals(written, json), Is.True, written.GetRawText());
    }

    [Test]
    public void The_page_shows_every_form_and_every_kind_of_action()
    {
        Assert.That(Examples(), Is.EquivalentTo(Shown.Keys));
        Assert.That(PipelineActions.Kinds.Select(kind => kind.Value), Has.All.Matches<string>(kind => Page.Contains($"`{kind}.NAME`", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Headings() => Heading().Matches(Page).Select(match => match.Groups["name"].Value);

    private static IEnumerable<string> Examples() => Example().Matches(Page).Select(match => match.Groups["title"].Value);

    private static JsonElement Json(string title) =>
        JsonDocument.Parse(Example().Matches(Page).Single(match => match.Groups["title"].Value == title).Groups["json"].Value).RootElement;

    [GeneratedRegex(@"""(?<name>storylsp[./][a-zA-Z.]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^## `(?<name>storylsp[./][a-zA-Z.]+)`", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // Each object of the wire follows words in bold at the beginning of a line.
    [GeneratedRegex(@"^\*\*(?<title>[^*]+)\*\*(?:(?!^\*\*|^## |^```).)*?```json\r?\n(?<json>.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
