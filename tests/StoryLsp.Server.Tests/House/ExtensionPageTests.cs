using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using StoryLsp.Server.Handlers;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.House;

/// <summary>The page on what the server speaks beyond the protocol says all of it, and nothing else.</summary>
public sealed partial class ExtensionPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "server", "StoryLsp.Server", "EXTENSIONS.md"));

    [Test]
    public void Every_name_in_the_code_has_its_heading()
    {
        var code = Directory.GetFiles(Path.Combine(Repository.Root, "server", "StoryLsp.Server"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)).Distinct();
        var headings = Heading().Matches(Page).Select(match => match.Groups["name"].Value);
        Assert.That(headings, Is.EquivalentTo(code));
    }

    [Test]
    public async Task The_advertised_commands_are_those_of_the_page()
    {
        await using var editor = await EditorHarness.StartAsync("//- story.yaml\nstory: 1\n");
        var advertised = editor.Capabilities["experimental"]!["storylsp"]!["commands"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        Assert.That(advertised, Is.EqualTo(editor.Capabilities["executeCommandProvider"]!["commands"]!.AsArray().Select(name => name!.GetValue<string>())));
        Assert.That(Heading().Matches(Page).Select(match => match.Groups["name"].Value).Where(name => name.StartsWith("storylsp.", StringComparison.Ordinal)), Is.EquivalentTo(advertised));
        Assert.That(JsonSerializer.Serialize(editor.Capabilities["experimental"]), Is.EqualTo(Compact("experimental")));
    }

    [Test]
    public void The_arguments_and_the_answer_are_as_the_page_shows_them()
    {
        Assert.That(JsonSerializer.Serialize(new SynopsisArguments("file:///story/scenes/one.md", "one"), ServerJson.Default.SynopsisArguments), Is.EqualTo(Compact("argument")));
        Assert.That(JsonSerializer.Serialize(new SynopsisResult("a1b2c3d4e5f6", "accepted"), SynopsisJson.Default.SynopsisResult), Is.EqualTo(Compact("answer")));
        Assert.That(Page, Does.Contain(CodeActionHandler.SynopsisKind.Value));
    }

    /// <summary>The JSON behind a word in bold.</summary>
    private static string Compact(string word)
    {
        var fence = Regex.Match(Page, $@"\*\*{word}\*\*.*?```json\r?\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.IgnoreCase);
        Assert.That(fence.Success, Is.True, $"The page shows no {word}.");
        return JsonSerializer.Serialize(JsonDocument.Parse(fence.Groups["json"].Value).RootElement);
    }

    [GeneratedRegex(@"""(?<name>storylsp[./][a-zA-Z]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^## `(?<name>storylsp[./][a-zA-Z]+)`", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
