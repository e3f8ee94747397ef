package scan_test

import (
	"strings"
	"testing"

	"jinggao/sanitize/detect/scan"
	"jinggao/sanitize/document"
	"jinggao/sanitize/normal"
)

func bench(b *testing.B, text string) {
	v := normal.New(text)
	p := &document.Part{Text: text}
	b.SetBytes(int64(len(text)))
	b.ResetTimer()
	for b.Loop() {
		scan.All(p, v)
	}
}

func BenchmarkProse(b *testing.B) {
	bench(b, strings.Repeat("本项目面向大规模星座运行管理需求，突破了星地协同调度、在轨故障自诊断与弹性重构等关键技术，成果先后应用于气象、海洋等领域，数据处理时效提升60%。系统采用商用密码算法保障遥控指令的完整性，单位负责人高度重视，授权发明专利21项。\n", 400))
}

func BenchmarkRoster(b *testing.B) {
	bench(b, "姓名\t身份证号\t手机\t邮箱\n"+strings.Repeat("林知夏\t310105198304123023\t13916273845\tlin.zhixia_88@keda-lab.cn\n", 1000))
}

func BenchmarkNumbers(b *testing.B) {
	bench(b, strings.Repeat("流水202503180000174425，金额12873500元，时间2024-06-18 12:30:45，版本v5.10.0.12，坐标0.9412，0.9187，编号NCTC-2024-0611873。\n", 400))
}
