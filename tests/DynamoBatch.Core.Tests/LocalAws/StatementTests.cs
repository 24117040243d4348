using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DynamoBatch.LocalAws.Faults;
using Xunit;

namespace DynamoBatch.Core.Tests.LocalAws;

public sealed class StatementTests : LocalAwsTest
{
    private const string Execute = "BatchExecuteStatement";

    [Theory]
    [InlineData(FaultKind.StatementsThrottled, null, "ThrottlingError", 2)]
    [InlineData(FaultKind.StatementsThrottled, "TableWriteProvisionedThroughputExceeded", "ProvisionedThroughputExceeded", 2)]
    [InlineData(FaultKind.TransactionConflict, null, "TransactionConflict", 2)]
    [InlineData(FaultKind.StatementsError500Before, null, "InternalServerError", 2)]
    [InlineData(FaultKind.StatementsError500After, null, "InternalServerError", 4)]
    [InlineData(FaultKind.StatementsDenied, null, "AccessDenied", 2)]
    public async Task A_share_of_the_statements_fails_inside_a_200(FaultKind fault, string? reason, string code, int written)
    {
        Aws.Faults.For(Execute, new OperationFaults { Next = [fault], Share = 0.5, ThrottlingReason = reason });

        var answer = await Client.BatchExecuteStatementAsync(Inserts(4));

        Assert.Equal(4, answer.Responses.Count);
        var errors = answer.Responses.Where(r => r.Error is not null).ToList();
        Assert.Equal([code, code], errors.Select(r => r.Error.Code.Value));
        Assert.All(errors, r => Assert.Equal(Table, r.TableName));
        Assert.Equal(written, await CountAsync());
        Assert.Equal((fault, 2), (Aws.Log.Of(Execute)[0].Fault, Aws.Log.Of(Execute)[0].Unprocessed));
    }

    [Fact]
    public async Task The_backends_own_errors_keep_their_places_beside_injected_ones()
    {
        await Client.BatchExecuteStatementAsync(Inserts(4));
        Aws.Faults.For(Execute, new OperationFaults { Next = [FaultKind.StatementsThrottled], Share = 0.5 });

        var answer = await Client.BatchExecuteStatementAsync(Inserts(8));

        var codes = answer.Responses.Select(r => r.Error?.Code.Value).ToList();
        Assert.Equal(4, codes.Count(c => c == "ThrottlingError"));
        Assert.All(codes.Take(4), c => Assert.Contains(c, new[] { "ThrottlingError", "DuplicateItem" }));
        Assert.All(codes.Skip(4), c => Assert.Contains(c, new[] { "ThrottlingError", null }));
    }

    [Theory]
    [InlineData(FaultKind.Error500Midway)]
    [InlineData(FaultKind.Error503Midway)]
    [InlineData(FaultKind.CutMidway)]
    public async Task Midway_some_statements_took_effect(FaultKind fault)
    {
        Aws.Faults.Next(Execute, fault);

        await Assert.ThrowsAnyAsync<Exception>(() => Client.BatchExecuteStatementAsync(Inserts(10)));

        Assert.Equal(5, await CountAsync());
    }

    [Fact]
    public async Task All_statements_can_be_throttled()
    {
        Aws.Faults.Next(Execute, FaultKind.UnprocessedAll);

        var answer = await Client.BatchExecuteStatementAsync(Inserts(3));

        Assert.All(answer.Responses, r => Assert.Equal(BatchStatementErrorCodeEnum.ThrottlingError, r.Error.Code));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task The_same_seed_hits_the_same_statements()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            Aws.Faults.Set(new FaultSettings
            {
                Seed = 42,
                Operations = new Dictionary<string, OperationFaults>
                {
                    [Execute] = new()
                    {
                        Chance = new Dictionary<FaultKind, double> { [FaultKind.StatementsError500After] = 0.4, [FaultKind.TransactionConflict] = 0.4 },
                        Share = 0.3,
                    },
                },
            });
            var codes = new List<string>();
            for (var i = 0; i < 10; i++)
            {
                var answer = await Client.BatchExecuteStatementAsync(Inserts(10, $"{run}-{i}-"));
                codes.Add(string.Join(',', answer.Responses.Select(r => r.Error?.Code.Value)));
            }

            runs.Add(string.Join('\n', codes));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains("InternalServerError", runs[0], StringComparison.Ordinal);
        Assert.Contains("TransactionConflict", runs[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PartiQLUpdate", true, false)]
    [InlineData("dynamodb:PartiQLInsert", false, true)]
    [InlineData("PartiQLUpdate/Users", true, false)]
    [InlineData("PartiQLUpdate/Orders", false, false)]
    [InlineData("*", true, true)]
    public async Task A_verb_is_denied_by_statement_or_for_the_whole_request(string rule, bool updates, bool inserts)
    {
        await Client.BatchExecuteStatementAsync(Inserts(1));
        var mixed = Inserts(1, "other");
        mixed.Statements.Insert(0, Update("user0", "2"));

        Aws.Faults.Set(new FaultSettings { DeniedStatements = [rule] });
        var answer = await Client.BatchExecuteStatementAsync(mixed);

        Assert.Equal([updates, inserts], answer.Responses.Select(r => r.Error?.Code == BatchStatementErrorCodeEnum.AccessDenied));
        Assert.Equal(inserts ? 1 : 2, await CountAsync());

        Aws.Faults.Set(new FaultSettings { Denied = [rule] });
        var error = await Record.ExceptionAsync(() => Client.BatchExecuteStatementAsync(mixed));
        Assert.Equal(updates || inserts ? "AccessDeniedException" : null, (error as AmazonServiceException)?.ErrorCode);
    }

    [Fact]
    public async Task A_key_attribute_cannot_be_set()
    {
        await Client.BatchExecuteStatementAsync(Inserts(2));

        var answer = await Client.BatchExecuteStatementAsync(Batch(
            Statement($"UPDATE \"{Table}\" SET \"a\"=?, \"id\"=? WHERE \"id\"=?", "x", "moved", "user0"), Update("user1", "2")));

        Assert.Equal(BatchStatementErrorCodeEnum.ValidationError, answer.Responses[0].Error.Code);
        Assert.Contains("part of the key", answer.Responses[0].Error.Message, StringComparison.Ordinal);
        Assert.Null(answer.Responses[1].Error);
    }

    [Fact]
    public async Task A_statement_over_8192_characters_rejects_its_batch()
    {
        await Client.BatchExecuteStatementAsync(Inserts(2));
        var start = $"UPDATE \"{Table}\" SET ";
        var end = " WHERE \"id\"=?";
        var many = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"a{i:D4}\"='1'"));
        var fitting = start + many[..(many.LastIndexOf(',', 8192 - start.Length - end.Length))] + end;

        Assert.Null((await Client.BatchExecuteStatementAsync(Batch(Statement(fitting, "user0")))).Responses[0].Error);
        var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => Client.BatchExecuteStatementAsync(Batch(Update("user1", "2"), Statement(start + many + end, "user0"))));

        Assert.Equal("ValidationException", error.ErrorCode);
        Assert.Contains("statements.2.member.statement", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_do_not_find_a_table_in_creation()
    {
        Aws.Faults.Set(new FaultSettings { TableStates = new Dictionary<string, TableStateSettings> { [Table] = new() { State = "CREATING" } } });

        var answer = await Client.BatchExecuteStatementAsync(Inserts(1));

        Assert.Equal(BatchStatementErrorCodeEnum.ResourceNotFound, answer.Responses[0].Error.Code);
    }

    private static BatchExecuteStatementRequest Inserts(int count, string prefix = "user") => Batch(Enumerable.Range(0, count)
        .Select(i => Statement($"INSERT INTO \"{Table}\" VALUE {{'id':?,'a':?}}", prefix + i.ToString(CultureInfo.InvariantCulture), "1")).ToArray());

    private static BatchStatementRequest Update(string id, string value) => Statement($"UPDATE \"{Table}\" SET \"a\"=? WHERE \"id\"=?", value, id);

    private static BatchStatementRequest Statement(string text, params string[] parameters) =>
        new() { Statement = text, Parameters = parameters.Select(p => new AttributeValue(p)).ToList() };

    private static BatchExecuteStatementRequest Batch(params BatchStatementRequest[] statements) => new() { Statements = [.. statements] };
}
