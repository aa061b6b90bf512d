using System.Text;
using Microsoft.Extensions.AI;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Index;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>Random worlds with a canary in every kind of secret: none is in what is compiled for a place of the story where nobody may know it.</summary>
[TestFixture]
internal sealed class ContextCanaryTests
{
    private const int Worlds = 30;

    [Test]
    public void NoCanaryIsInAnyContext()
    {
        var found = new StringBuilder();
        var told = 0;
        for (var seed = 0; seed < Worlds; seed++)
        {
            var world = CanaryWorld.Of(seed);
            var snapshot = FixtureWorkspace.OfTexts(world.Files).Snapshot;
            var random = new Random(seed);
            foreach (var (scene, number) in snapshot.Narrative.Scenes(snapshot).Select((scene, number) => (scene, number)))
            {
                for (var n = 0; n < 3; n++)
                {
                    var parts = Enum.GetValues<ContextPart>().Where(part => (n == 0 || random.Next(2) == 0) && part != ContextPart.After).ToList();
                    var context = ContextCompiler.Compile(snapshot, new() { Subject = scene, Include = parts, TokenLimit = n == 2 ? random.Next(1500) : 100_000 });
                    var all = All(context);
                    told += all.Length;
                    foreach (var canary in Leaks(world, number, all))
                    {
                        found.Append($"seed {seed}, scene {number} ({world.PovOf(number)}), {string.Join('+', parts)}: {canary.Kind} {canary.Code}\n");
                    }

                    Assert.That(context.Secrets.Says(context.Text, out _), Is.False, "The firewall would stop what was compiled.");
                }
            }
        }

        Assert.That(found.ToString(), Is.Empty);
        Assert.That(told, Is.GreaterThan(Worlds * 1000), "Nothing was told at all, so the test is worth nothing.");
    }

    [Test]
    public void TheFollowingSceneIsToldOnlyWhenItIsAskedFor()
    {
        var world = CanaryWorld.Of(1);
        var snapshot = FixtureWorkspace.OfTexts(world.Files).Snapshot;
        var scenes = snapshot.Narrative.Scenes(snapshot).ToList();
        var context = ContextCompiler.Compile(snapshot, new() { Subject = scenes[2], Include = [ContextPart.After] });
        var synopses = world.Canaries.Where(canary => canary.Kind == "later scene's synopsis").ToList();
        Assert.That(context.Text, Does.Contain(synopses[3].Code).And.Not.Contain(synopses[4].Code));
        Assert.That(Leaks(world, 2, All(context)), Is.EqualTo([synopses[3]]));
    }

    [Test]
    public async Task NoNearFormOfACanaryPassesTheFirewall()
    {
        var passed = new StringBuilder();
        for (var seed = 0; seed < Worlds / 2; seed++)
        {
            var world = CanaryWorld.Of(seed);
            var snapshot = FixtureWorkspace.OfTexts(world.Files).Snapshot;
            foreach (var (scene, number) in snapshot.Narrative.Scenes(snapshot).Select((scene, number) => (scene, number)))
            {
                using var client = new Silent();
                using var firewall = new FirewallChatClient(client, StorySecrets.At(snapshot, scene));
                foreach (var canary in world.Canaries.Where(canary => canary.IsSaid && canary.IsForbidden(number)))
                {
                    var typed = world.NearForm(canary);
                    try
                    {
                        await firewall.GetResponseAsync([new(ChatRole.User, "Write on. " + typed + ", she thought.")]);
                        passed.Append($"seed {seed}, scene {number}: {canary.Kind}: {typed}\n");
                    }
                    catch (ProviderException failure)
                    {
                        Assert.That(failure.Failure, Is.EqualTo(ProviderFailure.SecretInPrompt));
                        Assert.That(failure.ToString(), Does.Not.Contain("zqvk").IgnoreCase);
                    }
                }
            }
        }

        Assert.That(passed.ToString(), Is.Empty);
    }

    [Test]
    public void ALeakWouldBeFound()
    {
        var world = CanaryWorld.Of(3);
        var snapshot = FixtureWorkspace.OfTexts(world.Files).Snapshot;
        var scene = snapshot.Narrative.Scenes(snapshot).First();
        Assert.That(Leaks(world, 0, snapshot.Text(scene.Path)!.Text), Is.Not.Empty, "The file itself is full of canaries.");
        foreach (var canary in world.Canaries.Where(canary => canary.IsForbidden(0)))
        {
            Assert.That(Leaks(world, 0, "It says: " + string.Join('-', canary.Code.ToUpperInvariant().AsEnumerable()) + "."), Is.EqualTo([canary]));
        }
    }

    [Test]
    public void EachKindOfSecretIsForbiddenSomewhere()
    {
        var worlds = Enumerable.Range(0, Worlds).Select(CanaryWorld.Of).ToList();
        var kinds = worlds.SelectMany(world => world.Canaries).GroupBy(canary => canary.Kind);
        Assert.That(kinds.Where(kind => !kind.Any(canary => Enumerable.Range(0, 6).Any(canary.IsForbidden))).Select(kind => kind.Key), Is.Empty);
    }

    private static string All(CompiledContext context) => string.Join('\n',
        context.Items.Select(item => $"{item.Container}\n{item.Reason}\n{item.Attributes}").Concat(context.LeftOut).Append(context.Prose).Append(context.Text).Append(context.Name).Append(context.Id));

    // Whatever stands between the letters, the letters are what is read.
    internal static List<Canary> Leaks(CanaryWorld world, int scene, string text)
    {
        var letters = new string([.. text.Normalize().Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
        var wide = new string([.. text.Where(unit => unit is >= '\uFF41' and <= '\uFF5A').Select(unit => (char)(unit - 0xFF41 + 'a'))]);
        return [.. world.Canaries.Where(canary => canary.IsForbidden(scene) && (letters.Contains(canary.Code, StringComparison.Ordinal) || wide.Contains(canary.Code, StringComparison.Ordinal)))];
    }

    private sealed class Silent : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "An answer.")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
