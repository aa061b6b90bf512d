using Microsoft.Extensions.AI;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>Nothing that says a secret gets past the firewall, in whatever form and in whatever place of a request.</summary>
[TestFixture]
internal sealed class FirewallTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- schemas/recipe.yaml
        schema: recipe
        extends: item
        fields:
          trick: {type: text, secret: true}
          word: {type: string, secret: true}
          weapon: {type: string, secret: true}
          name2: {type: string, secret: true}
          plot: {type: text, secret: true}
          code: {type: integer, secret: true}
          day: {type: date, secret: true}
          deed: {type: text, secret: true}
          kin: {type: reference, target: character, secret: true}
        //- characters/tom.yaml
        name: Thomas Rudd
        aliases: [the Drowned Man]
        //- characters/lena.yaml
        name: Lena Duquette
        //- recipes/madder.yaml
        name: Madder Red
        trick: The pump by the kitchen door, which gives water that is half alum already.
        word: revolver
        weapon: poisoned knife
        name2: Зимняя дача
        code: 4711
        day: 1926-11-05
        deed: Thomas Rudd sank the skiff.
        kin: lena
        plot: 凶手是从后门进来的管家
        //- scenes/a.md
        ---
        id: a
        ---
        One.
        """;

    [TestCase("The revolver lay there.")]
    [TestCase("REVOLVER")]
    [TestCase("Two revolvers.")]
    [TestCase("The revolver's barrel.")]
    [TestCase("The revolver\u2019s barrel.")]
    [TestCase("rev\u200Bol\u00ADver")]
    [TestCase("rev&shy;ol&#8203;ver &#x200b;")]
    [TestCase("rév\u00F6lver")]
    [TestCase("re\u0301volver")]
    [TestCase("r\u0336e\u0336v\u0336o\u0336l\u0336v\u0336e\u0336r")]
    [TestCase("r-e-v-o-l-v-e-r")]
    [TestCase("r e v o l v e r")]
    [TestCase("r.e.v.o.l.v.e.r.")]
    [TestCase("re-volver")]
    [TestCase("revol-\nver")]
    [TestCase("rev**ol**ver")]
    [TestCase("rev_olver")]
    [TestCase("ｒｅｖｏｌｖｅｒ")]
    [TestCase("𝓻𝓮𝓿𝓸𝓵𝓿𝓮𝓻")]
    [TestCase("ⓡⓔⓥⓞⓛⓥⓔⓡ")]
    [TestCase("ʀᴇᴠᴏʟᴠᴇʀ")]
    [TestCase("r\u0435v\u043Elver")]
    [TestCase("<revolver>")]
    [TestCase("<!-- revolver -->")]
    [TestCase("```\nrevolver\n```")]
    [TestCase("[it](revolver.md)")]
    [TestCase("poison knife")]
    [TestCase("poisoning knives")]
    [TestCase("poisoned-knife")]
    [TestCase("poisonedKnife")]
    [TestCase("**poisoned** *knife*")]
    [TestCase("poisoned\n> knife")]
    [TestCase("на зимней даче")]
    [TestCase("ЗИМНЮЮ ДАЧУ")]
    [TestCase("by the kitchen door")]
    [TestCase("gives water that is")]
    [TestCase("the pump by the")]
    [TestCase("that is half alum")]
    [TestCase("ThePumpByTheKitchen")]
    [TestCase("the p-u-m-p by the kit-chen")]
    [TestCase("t h e p u m p b y t h e")]
    [TestCase("the%20pump%20by%20the")]
    [TestCase("the\\npump by the")]
    [TestCase("r\U0001F52Ae\U0001F52Av\U0001F52Ao\U0001F52Al\U0001F52Av\U0001F52Ae\U0001F52Ar")]
    [TestCase("a poisoned knife")]
    [TestCase("4711")]
    [TestCase("4,711")]
    [TestCase("4 711")]
    [TestCase("four thousand seven hundred and eleven")]
    [TestCase("1926-11-05")]
    [TestCase("on 5 November 1926")]
    [TestCase("November 5th, 1926")]
    [TestCase("Rudd sank the skiff")]
    [TestCase("the Drowned Man sank the skiff")]
    [TestCase("Thomas sinks the skiff, Thomas sank the skiff")]
    [TestCase("管家，凶手是从后门进来的")]
    public void ANearFormIsStopped(string text)
    {
        var secrets = At();
        Assert.That(secrets.Says("He said: " + text + " And left.", out _), text);
        Assert.That(secrets.Without("First.\n\nHe said: " + text + " And left.\n\nLast."), Does.StartWith("First.").And.EndWith("Last.").And.Not.Contain("And left"));
    }

    [TestCase("She sat by the door, and it was half past eight already.")]
    [TestCase("The re-volted crowd revolved; a knife lay there, and poison.")]
    [TestCase("which is that it was by the")]
    [TestCase("Lena Duquette dyes wool madder red.")]
    [TestCase("The kitchen door gave on the yard.")]
    [TestCase("She was not able to go.")]
    [TestCase("Thomas Rudd, the Drowned Man, and Lena sat in the skiff on the 5th of November.")]
    [TestCase("47 and 11 make 58; in 4712 words.")]
    public void CommonWordsPass(string text) => Assert.That(At().In(text), Is.Empty);

    [Test]
    public async Task EachPlaceOfARequestIsChecked()
    {
        const string secret = "revolver";
        await AssertStopped(new ChatMessage(ChatRole.System, secret));
        await AssertStopped(new ChatMessage(ChatRole.User, [new TextContent("re"), new TextContent("volver")]));
        await AssertStopped(new ChatMessage(ChatRole.User, [new TextContent("poisoned"), new TextContent("knife")]));
        await AssertStopped(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent(secret)]));
        await AssertStopped(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "f", new Dictionary<string, object?> { ["a"] = secret })]));
        await AssertStopped(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", secret)]));
        await AssertStopped(new ChatMessage(ChatRole.User, [new DataContent("data:text/plain;base64," + Convert.ToBase64String("revolver"u8.ToArray()))]));
        await AssertStopped(new ChatMessage(ChatRole.User, [new UriContent("https://example.org/re%76olver", "text/plain")]));
        await AssertStopped(new ChatMessage(ChatRole.User, "x") { AuthorName = secret });
        await AssertStopped(new ChatMessage(ChatRole.User, "x"), new ChatOptions { Instructions = secret });
        await AssertStopped(new ChatMessage(ChatRole.User, "x"), new ChatOptions { ModelId = secret });
        await AssertStopped(new ChatMessage(ChatRole.User, "x"), new ChatOptions { StopSequences = [secret] });
        await AssertStopped(new ChatMessage(ChatRole.User, "x"), new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonElement.Parse("{\"enum\":[\"rev\\u006flver\"]}")) });
        await AssertStopped(new ChatMessage(ChatRole.User, "x"), new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonElement.Parse("{}"), "x", secret) });
        await AssertStopped(new ChatMessage(ChatRole.User, "x"), new ChatOptions { Tools = [new HostedWebSearchTool(new Dictionary<string, object?>()), new NamedTool(secret)] });
        await AssertStopped(new ChatMessage(ChatRole.User, "x"), new ChatOptions { AdditionalProperties = new() { ["x"] = secret } });
    }

    [Test]
    public async Task WhatSaysNothingIsSentAsItIs()
    {
        using var client = new Listener();
        using var firewall = new FirewallChatClient(client, At());
        await firewall.GetResponseAsync([new(ChatRole.User, "Nothing to see.")], new ChatOptions { ModelId = "m", RawRepresentationFactory = _ => "revolver" });
        Assert.That(client.Heard, Is.EqualTo(1));
        Assert.That(client.Options!.ModelId, Is.EqualTo("m"));
        Assert.That(client.Options.RawRepresentationFactory, Is.Null);
    }

    private static StorySecrets At()
    {
        var snapshot = FixtureWorkspace.Of(Story).Snapshot;
        return StorySecrets.At(snapshot, snapshot.ContainersOf("scene").Single());
    }

    private static async Task AssertStopped(ChatMessage message, ChatOptions? options = null)
    {
        using var client = new Listener();
        using var firewall = new FirewallChatClient(client, At());
        var failure = await Assert.ThrowsAsync<ProviderException>(() => firewall.GetResponseAsync([message], options));
        Assert.That(failure!.Failure, Is.EqualTo(ProviderFailure.SecretInPrompt));
        Assert.That(failure.Message, Does.Contain("a secret field").Or.Contain("the secret field").And.Not.Contain("revolver").And.Not.Contain("Madder"));
        await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var update in firewall.GetStreamingResponseAsync([message], options))
            {
                Assert.Fail("An answer came: " + update);
            }
        });
        Assert.That(client.Heard, Is.Zero);
    }

    private sealed class NamedTool(string description) : AITool
    {
        public override string Description => description;
    }

    private sealed class Listener : IChatClient
    {
        public int Heard { get; private set; }

        public ChatOptions? Options { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Heard++;
            Options = options;
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "An answer.")));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
