using System.Text;
using NUnit.Framework;
using StoryLsp.Pipelines.Tests.Secrets;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Mcp;

/// <summary>Random worlds with a canary in every kind of secret: none leaves by any tool, any resource, any error or the log, at a place where nobody may know it.</summary>
public sealed class McpCanaryTests
{
    private const int Scenes = 6;

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(12)]
    [TestCase(30)]
    [TestCase(37)]
    public async Task No_canary_leaves(int seed)
    {
        var world = CanaryWorld.Of(seed);
        using var story = new StoryOnDisk("");
        foreach (var (path, text) in world.Files)
        {
            story.Write(path, text);
        }

        var log = new Leaks(world);
        await using (var session = await McpSession.StartAsync(story.Root))
        {
            // What is asked without a scene may say what the whole manuscript tells, and nothing that is told nowhere.
            await ResourcesAsync(session, log);
            await CallsAsync(session, log, world, null);
            for (var scene = 0; scene < Scenes; scene++)
            {
                await CallsAsync(session, log, world, scene);
            }

            await DraftsAsync(session, log, world);
            log.Look("stderr", session.Errors, null);
        }

        Assert.That(log.Found, Is.Empty);
        Assert.That(log.Read, Is.GreaterThan(10_000), "Nothing was told at all, so the test is worth nothing.");
    }

    private static async Task ResourcesAsync(McpSession session, Leaks log)
    {
        var resources = await session.Client.ListResourcesAsync();
        log.Look("the list of resources", string.Join('\n', resources.Select(resource => $"{resource.Uri} {resource.Name} {resource.Title} {resource.Description}")), null);
        foreach (var resource in resources)
        {
            log.Look(resource.Uri, await session.ReadAsync(resource.Uri), resource.Uri.StartsWith("story://scene/s", StringComparison.Ordinal) ? resource.Uri[^1] - '0' : null);
        }
    }

    private static async Task CallsAsync(McpSession session, Leaks log, CanaryWorld world, int? scene)
    {
        string[] things = ["ada", "tom", "lena", "mill", "lamp", "oath", "case", "masked", "s0", "s3", "s5", .. world.Canaries.Where((_, index) => index % 5 == 0).Select(canary => canary.Text)];
        (string, object?)[] asOf = scene is { } number ? [("as_of", "s" + number)] : [];
        foreach (var thing in things)
        {
            log.Look("read_container", (await session.CallAsync("read_container", [("id", thing), .. asOf])).Text, scene ?? (thing is ['s', var digit] ? digit - '0' : null));
        }

        foreach (var word in new[] { "prose", "Somebody", "Vane", "zqvk*", "culprit", "Told" }.Concat(world.Canaries.Where((_, index) => index % 7 == 0).Select(canary => canary.Code)))
        {
            log.Look("search", (await session.CallAsync("search", [("query", word), ("limit", 100), .. asOf])).Text, scene);
        }

        log.Look("read_timeline", (await session.CallAsync("read_timeline", asOf)).Text, scene);
        if (scene is not { } at)
        {
            log.Look("list_findings", (await session.CallAsync("list_findings", ("severity", "hint"), ("limit", 500))).Text, null);
            foreach (var path in world.Files.Keys)
            {
                log.Look("read_file " + path, (await session.CallAsync("read_file", ("path", path))).Text, path.StartsWith("scenes/s", StringComparison.Ordinal) ? path[8] - '0' : null);
            }

            return;
        }

        log.Look("read_facts", (await session.CallAsync("read_facts", ("scene", "s" + at))).Text, at);
        foreach (var who in things)
        {
            log.Look("read_facts of one", (await session.CallAsync("read_facts", ("scene", "s" + at), ("who", who))).Text, at);
        }
    }

    // Drafts that guess secrets, take marks of secrets away, and quote what was never told.
    private static async Task DraftsAsync(McpSession session, Leaks log, CanaryWorld world)
    {
        foreach (var canary in world.Canaries.Where(canary => canary.IsSaid && Enumerable.Range(-1, Scenes + 1).All(canary.IsForbidden)).Where((_, index) => index % 6 == 0))
        {
            object[] guess = [new { old = canary.Text, @new = "x" }];
            foreach (var path in world.Files.Where(file => file.Value.Contains(canary.Text, StringComparison.Ordinal)).Select(file => file.Key).Take(2))
            {
                var (text, isError) = await session.CallAsync("check_draft", ("path", path), ("edits", guess));
                Assert.That((text, isError), Is.EqualTo(("The `old` of edit 1 does not stand in the file. Copy it from read_file, letter by letter.", true)), $"{path}: a guess is confirmed: {canary.Kind}");
            }

            log.Look("check_draft", (await session.CallAsync("check_draft", ("path", "scenes/new.md"), ("text", $"---\npov: \"{canary.Text}\"\n---\nIt says {canary.Text}, she thought.\n"))).Text, null);
        }

        foreach (var type in new[] { "scene", "character", "item" })
        {
            log.Look("check_draft of a schema", (await session.CallAsync("check_draft", ("path", $"schemas/{type}.yaml"), ("text", $"schema: {type}\nextends: {type}\nadditional: deny\nfields:\n  hush: {{type: integer}}\n  mask: {{type: date}}\n  ally: {{type: reference, target: character}}\n  hoard: {{type: list, of: {{type: integer}}}}\n"))).Text, null);
        }

        log.Look("propose_edit", (await session.CallAsync("propose_edit", ("path", "scenes/new.md"), ("text", "---\npov: ada\n---\nShe wrote.\n"), ("reason", "A new scene"))).Text, null);
        log.Look("an error", (await session.CallAsync("propose_edit", ("path", "characters/ada.yaml"), ("text", "name: Ada\n"), ("reason", "All anew"))).Text, null);
    }

    /// <summary>Looks for canaries in what leaves.</summary>
    private sealed class Leaks(CanaryWorld world)
    {
        private readonly StringBuilder _found = new();

        public string Found => _found.ToString();

        public int Read { get; private set; }

        public void Look(string what, string text, int? scene)
        {
            Read += text.Length;
            // Whatever stands between the letters, the letters are what is read.
            var letters = new string([.. text.Normalize().Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
            var wide = new string([.. text.Where(unit => unit is >= '\uFF41' and <= '\uFF5A').Select(unit => (char)(unit - 0xFF41 + 'a'))]);
            foreach (var canary in world.Canaries.Where(canary => scene is { } at ? canary.IsForbidden(at) : Enumerable.Range(-1, Scenes + 1).All(canary.IsForbidden)))
            {
                if (letters.Contains(canary.Code, StringComparison.Ordinal) || wide.Contains(canary.Code, StringComparison.Ordinal))
                {
                    _found.Append(what).Append(scene is { } place ? $" at scene {place}" : "").Append(": ").Append(canary.Kind).Append(' ').Append(canary.Code).Append('\n');
                }
            }
        }
    }
}
